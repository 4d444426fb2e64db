import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/pglite";
import { migrate as migrateWithDrizzle } from "drizzle-orm/pglite/migrator";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { silentLog } from "@/lib/diagnostics/log";
import type { Db } from "./client";
import { migrate, pendingMigrations } from "./migrate";
import { openPostgres } from "./postgres";
import { rows } from "./rows";
import { createPgliteInMemory } from "./testing/pglite-in-memory";
import { createPostgresDatabase } from "./testing/postgres-database";

const first = {
  name: "0000_first",
  when: 1000,
  text: "create table a (id int);\n--> statement-breakpoint\ncreate table b (id int);",
};
const second = { name: "0001_second", when: 2000, text: "insert into a values (1);" };
const broken = {
  name: "0002_broken",
  when: 3000,
  text: "create table c (id int);\n--> statement-breakpoint\ncreate table c (id int);",
};

test("an empty database gets everything in order, and a later start only what is new", async () => {
  const { db } = await openEmbedded();
  expect(await pendingMigrations(db, await folderOf(first))).toEqual([first.name]);
  expect(await migrate({ db }, await folderOf(first))).toEqual({ applied: [first.name] });
  const folder = await folderOf(first, second);
  expect(await pendingMigrations(db, folder)).toEqual([second.name]);
  expect(await migrate({ db }, folder)).toEqual({ applied: [second.name] });
  expect(await pendingMigrations(db, folder)).toEqual([]);
  expect(await tablesOf(db)).toEqual(["a", "b"]);
});

test("a start that finds nothing to do costs one statement", async () => {
  const { db, statements } = await openEmbedded();
  const folder = await folderOf(first, second);
  await migrate({ db }, folder);
  statements.length = 0;
  expect(await migrate({ db }, folder)).toEqual({ applied: [] });
  expect(statements).toHaveLength(1);
});

test("a migration that fails takes the others of its start with it", async () => {
  const { db } = await openEmbedded();
  await expect(migrate({ db }, await folderOf(first, second, broken))).rejects.toThrow();
  expect(await tablesOf(db)).toEqual([]);
  expect(await migrate({ db }, await folderOf(first, second))).toEqual({
    applied: [first.name, second.name],
  });
});

test("a migration that was written earlier and merged later is not passed over", async () => {
  const { db } = await openEmbedded();
  const late = { name: "0001_late", when: 500, text: "create table late (id int);" };
  await migrate({ db }, await folderOf(first));
  expect(await migrate({ db }, await folderOf(first, late))).toEqual({ applied: [late.name] });
});

test("a database that is newer than the code has nothing pending", async () => {
  const { db } = await openEmbedded();
  await migrate({ db }, await folderOf(first, second));
  expect(await pendingMigrations(db, await folderOf(first))).toEqual([]);
});

test("what Drizzle's own tool has applied is not applied again, and the other way round", async () => {
  const { db } = await openEmbedded();
  const folder = await folderOf(first);
  await migrateWithDrizzle(db, { migrationsFolder: folder });
  expect(await migrate({ db }, folder)).toEqual({ applied: [] });
  const next = await folderOf(first, second);
  await migrate({ db }, next);
  await migrateWithDrizzle(db, { migrationsFolder: next });
  expect(await rows(db, z.object({ id: z.number() }), sql`select id from a`)).toEqual([{ id: 1 }]);
});

test("of three instances that start together on PostgreSQL one migrates and the others find it done", async () => {
  const database = await createPostgresDatabase();
  const instances = Array.from({ length: 3 }, () => openPostgres({ url: database.url }, silentLog));
  onTestFinished(async () => {
    await Promise.all(instances.map((instance) => instance.close()));
    await database.drop();
  });
  // The schema of the app: its migrations take long enough for the three to meet.
  const results = await Promise.all(instances.map((instance) => migrate(instance)));
  const applied = results.map((result) => result.applied).filter((names) => names.length > 0);
  expect(applied).toHaveLength(1);
  for (const { db } of instances) expect(await pendingMigrations(db)).toEqual([]);
});

async function openEmbedded() {
  const pglite = await createPgliteInMemory();
  onTestFinished(() => pglite.close());
  const statements: string[] = [];
  const db = drizzle({ client: pglite, logger: { logQuery: (query) => void statements.push(query) } });
  return { db, statements };
}

/** As `drizzle-kit generate` leaves it. */
async function folderOf(...migrations: { name: string; when: number; text: string }[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "parley-migrations-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, "meta"));
  const entries = migrations.map(({ name, when }, idx) => ({
    idx,
    version: "7",
    when,
    tag: name,
    breakpoints: true,
  }));
  await writeFile(
    join(folder, "meta", "_journal.json"),
    JSON.stringify({ version: "7", dialect: "postgresql", entries }),
  );
  for (const { name, text } of migrations) await writeFile(join(folder, `${name}.sql`), text);
  return folder;
}

async function tablesOf(db: Db): Promise<string[]> {
  const found = await rows(
    db,
    z.object({ tablename: z.string() }),
    sql`select tablename from pg_tables where schemaname = 'public' order by tablename`,
  );
  return found.map(({ tablename }) => tablename);
}
