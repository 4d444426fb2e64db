import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { bigint, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { silentLog } from "@/lib/diagnostics/log";
import { openDatabase } from "./client";
import { DataDirectoryInUse } from "./data-lock";
import { migrate } from "./migrate";
import { rows } from "./rows";
import { sqlState } from "./sql-state";
import { forEachEngine } from "./testing/engines";
import { createPostgresDatabase } from "./testing/postgres-database";

const sample = pgTable("sample", {
  id: text("id").primaryKey(),
  at: timestamp("at", { withTimezone: true, precision: 3 }),
  count: bigint("count", { mode: "number" }),
  data: jsonb("data"),
});

const createSample = sql`
  create table if not exists sample (id text primary key, at timestamptz(3), count bigint, data jsonb)`;

forEachEngine((engine) => {
  beforeEach(async () => {
    await engine.db.execute(createSample);
  });

  test("a table holds nothing of the test before", async () => {
    expect(await engine.db.select().from(sample)).toEqual([]);
    await engine.db.insert(sample).values({ id: "left behind" });
  });

  test("a table holds nothing of the test before, whichever came first", async () => {
    expect(await engine.db.select().from(sample)).toEqual([]);
    await engine.db.insert(sample).values({ id: "left behind" });
  });

  test("what was written through columns is read back as it was", async () => {
    const row = {
      id: "a",
      at: new Date("2026-11-20T10:00:00.123Z"),
      count: Number.MAX_SAFE_INTEGER,
      data: { text: 'a "quote", a \\ and 🦜', list: [1, null, { deep: true }] },
    };
    await engine.db.insert(sample).values(row);
    expect(await engine.db.select().from(sample)).toEqual([row]);
  });

  test("a bare statement takes a date, JSON, a list, a boolean, null and a large number", async () => {
    const at = new Date("2026-11-20T10:00:00.123Z");
    const shape = z.object({
      at: z.coerce.date(),
      data: z.unknown(),
      list: z.array(z.string()),
      yes: z.boolean(),
      nothing: z.null(),
      large: z.bigint(),
    });
    const [row] = await rows(
      engine.db,
      shape,
      sql`select ${at}::timestamptz as at, ${{ a: [1] }}::jsonb as data,
        array(select unnest(${sql.param(["x", 'y"\\'])}::text[])) as list, ${true}::boolean as yes,
        ${null}::text as nothing, ${2n ** 62n}::bigint as large`,
    );
    expect(row).toEqual({
      at,
      data: { a: [1] },
      list: ["x", 'y"\\'],
      yes: true,
      nothing: null,
      large: 2n ** 62n,
    });
  });

  test("a count, a sum and a bigint column are numbers in a bare statement", async () => {
    await engine.db.insert(sample).values([
      { id: "a", count: 1 },
      { id: "b", count: Number.MAX_SAFE_INTEGER - 1 },
    ]);
    const shape = z.object({ count: z.number(), largest: z.number() });
    const [row] = await rows(engine.db, shape, sql`select count(*), max(count) as largest from sample`);
    expect(row).toEqual({ count: 2, largest: Number.MAX_SAFE_INTEGER - 1 });
  });

  test("the SQLSTATE of a failure is known in a statement, in a transaction and at its commit", async () => {
    const twice = () => engine.db.insert(sample).values([{ id: "a" }, { id: "a" }]);
    expect(await sqlStateOf(twice())).toBe("23505");
    expect(
      await sqlStateOf(engine.db.transaction((tx) => tx.insert(sample).values([{ id: "b" }, { id: "b" }]))),
    ).toBe("23505");
    await engine.db.execute(sql`
      create table if not exists child (id text references sample (id) deferrable initially deferred)`);
    expect(
      await sqlStateOf(engine.db.transaction((tx) => tx.execute(sql`insert into child values ('none')`))),
    ).toBe("23503");
  });

  test("a transaction that throws leaves nothing, and a nested one that throws only undoes itself", async () => {
    const whole = engine.db.transaction(async (tx) => {
      await tx.insert(sample).values({ id: "undone" });
      throw new Error("no");
    });
    await expect(whole).rejects.toThrow("no");
    await engine.db.transaction(async (tx) => {
      await tx.insert(sample).values({ id: "kept" });
      const nested = tx.transaction(async (inner) => {
        await inner.insert(sample).values({ id: "undone" });
        throw new Error("no");
      });
      await expect(nested).rejects.toThrow("no");
    });
    expect(await engine.db.select({ id: sample.id }).from(sample)).toEqual([{ id: "kept" }]);
  });
});

test("the embedded database is opened once at a time, and closing it twice is closing it once", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "parley-data-"));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const options = { database: null, dataDir, url: "http://localhost:3000", log: silentLog };
  const [one, other] = await Promise.allSettled([openDatabase(options), openDatabase(options)]);
  const opened = [one, other].flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const refused = [one, other].flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  expect(refused).toEqual([expect.any(DataDirectoryInUse)]);
  expect(opened).toHaveLength(1);

  const [database] = opened;
  expect(database?.engine).toBe("pglite");
  await database?.ping();
  expect(await database?.pendingMigrations()).not.toEqual([]);
  if (database) await migrate(database);
  expect(await database?.pendingMigrations()).toEqual([]);
  await Promise.all([database?.close(), database?.close()]);

  const again = await openDatabase(options);
  expect(await again.pendingMigrations()).toEqual([]);
  await again.close();
  expect(await readdir(dataDir)).toEqual(["postgres"]);
});

test("a URL opens PostgreSQL, and the data directory is left alone", async () => {
  const server = await createPostgresDatabase();
  onTestFinished(() => server.drop());
  const dataDir = join(tmpdir(), "parley-data-that-nobody-makes");
  const database = await openDatabase({ database: { url: server.url }, dataDir, url: "", log: silentLog });
  expect(database.engine).toBe("postgres");
  await database.ping();
  await migrate(database);
  expect(await database.pendingMigrations()).toEqual([]);
  await database.close();
  await database.close();
  expect(existsSync(dataDir)).toBe(false);
});

test("the code of a socket's error is no SQLSTATE", () => {
  expect(sqlState(Object.assign(new Error("broken pipe"), { code: "EPIPE" }))).toBeNull();
  expect(sqlState("23505")).toBeNull();
});

function sqlStateOf(act: PromiseLike<unknown>): Promise<string | null> {
  return Promise.resolve(act).then(() => null, sqlState);
}
