import { connect, createServer, type Socket } from "node:net";
import { sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { type Log, silentLog } from "@/lib/diagnostics/log";
import { openPostgres, type PostgresOptions } from "./postgres";
import { rows } from "./rows";
import { createPostgresDatabase } from "./testing/postgres-database";

const preparedRow = z.object({ statement: z.string() });

test("a statement is prepared once and used again, inside transactions as well", async () => {
  const { db } = await open({ poolMax: 1 });
  for (const value of ["a", "b"]) {
    await db.execute(sql`select ${value}::text as outside`);
    await db.transaction(async (tx) => {
      await tx.execute(sql`select ${value}::text as inside`);
      await tx.transaction((nested) => nested.execute(sql`select ${value}::text as nested`));
    });
  }
  const prepared = await rows(
    db,
    preparedRow,
    sql`select statement from pg_prepared_statements where statement like '%$1%'`,
  );
  expect(prepared.map(({ statement }) => statement).sort()).toEqual([
    "select $1::text as inside",
    "select $1::text as nested",
    "select $1::text as outside",
  ]);
});

test("behind a pooler that forgets, nothing is prepared", async () => {
  const { db } = await open({ poolMax: 1, prepare: false });
  await db.execute(sql`select ${"a"}::text`);
  expect(await rows(db, preparedRow, sql`select statement from pg_prepared_statements`)).toEqual([]);
});

test("a URL with the settings of other clients is as good", async () => {
  const { db } = await open({}, "?channel_binding=require&pgbouncer=true&application_name=elsewhere");
  const [row] = await rows(
    db,
    z.object({ name: z.string() }),
    sql`select current_setting('application_name') as name`,
  );
  expect(row).toEqual({ name: "elsewhere" });
});

test("a server that was away fails the statements meanwhile and is used again when it is back", async () => {
  const { db, proxy } = await openThroughProxy();
  await db.execute(sql`select 1`);
  proxy.cut();
  await expect(db.execute(sql`select 1`)).rejects.toThrow();
  await expect(db.transaction((tx) => tx.execute(sql`select 1`))).rejects.toThrow();
  await proxy.mend();
  await expect
    .poll(() => db.execute(sql`select 1`).then(() => "fine", String), { timeout: 5_000 })
    .toBe("fine");
});

test("what the server notes goes to the log", async () => {
  const noted: unknown[] = [];
  const log: Log = { ...silentLog, debug: (fields) => noted.push(fields) };
  const { db } = await open({}, "", log);
  await db.execute(sql`create schema if not exists public`);
  expect(noted).toEqual([{ code: "42P06", notice: 'schema "public" already exists, skipping' }]);
});

async function open(options: Partial<PostgresOptions>, query = "", log = silentLog) {
  const database = await createPostgresDatabase();
  const opened = openPostgres({ url: `${database.url}${query}`, ...options }, log);
  onTestFinished(async () => {
    await opened.close();
    await database.drop();
  });
  return opened;
}

/** A server between us and PostgreSQL that can go away. */
async function openThroughProxy() {
  const database = await createPostgresDatabase();
  const url = new URL(database.url);
  const target = { host: url.hostname, port: Number(url.port || 5432) };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const upstream = connect(target);
    for (const [from, to] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      sockets.add(from);
      // A cut connection is what the test is about.
      from.on("error", () => {});
      from.on("close", () => to.destroy());
      from.pipe(to);
    }
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  url.host = `127.0.0.1:${port}`;

  const opened = openPostgres({ url: url.href, poolMax: 2 }, silentLog);
  function cut() {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
  onTestFinished(async () => {
    await opened.close();
    cut();
    await database.drop();
  });
  return { db: opened.db, proxy: { cut, mend: () => listen(port) } };
}
