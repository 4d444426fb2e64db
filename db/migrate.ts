import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db, Tx } from "./client";
import { rows } from "./rows";
import { sqlState } from "./sql-state";

/**
 * Applies what `drizzle-kit generate` has written, all of it or nothing, and notes it where drizzle-kit does.
 * Of many instances that start together one does it; the others wait and find nothing left. Once it is done,
 * this is a single read.
 */
export async function migrate(
  { db }: { db: Db },
  folder = migrationsFolder(),
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(folder);
  if ((await missingFrom(db, migrations)).length === 0) return { applied: [] };
  return db.transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = 0`);
    await tx.execute(sql`select pg_advisory_xact_lock(${lockKey})`);
    await tx.execute(sql`create schema if not exists drizzle`);
    await tx.execute(sql`
      create table if not exists drizzle.__drizzle_migrations
        (id serial primary key, hash text not null, created_at bigint)`);
    const missing = await missingFrom(tx, migrations);
    for (const { statements, hash, when } of missing) {
      for (const statement of statements) await tx.execute(sql.raw(statement));
      await tx.execute(
        sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${when}::bigint)`,
      );
    }
    return { applied: missing.map(({ name }) => name) };
  });
}

/** The names of what `migrate` would apply. */
export async function pendingMigrations(db: Db, folder = migrationsFolder()): Promise<string[]> {
  const missing = await missingFrom(db, await readMigrations(folder));
  return missing.map(({ name }) => name);
}

/** Any number will do that nobody else takes for a lock in the same database. */
const lockKey = 7_236_541_309;

/** Bundled code does not know where it came from; the app is always started where its `package.json` is. */
function migrationsFolder(): string {
  return join(process.cwd(), "db", "migrations");
}

const journalSchema = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.number() })) });

async function readMigrations(folder: string) {
  const journal = journalSchema.parse(
    JSON.parse(await readFile(join(folder, "meta", "_journal.json"), "utf8")),
  );
  return Promise.all(
    journal.entries.map(async ({ tag, when }) => {
      const text = await readFile(join(folder, `${tag}.sql`), "utf8");
      return {
        name: tag,
        when,
        hash: createHash("sha256").update(text).digest("hex"),
        statements: text.split("--> statement-breakpoint"),
      };
    }),
  );
}

type Migration = Awaited<ReturnType<typeof readMigrations>>[number];

const undefinedTable = "42P01";

async function missingFrom(db: Db | Tx, migrations: readonly Migration[]): Promise<Migration[]> {
  const applied = await readApplied(db);
  return migrations.filter(({ when }) => !applied.has(when));
}

async function readApplied(db: Db | Tx): Promise<Set<number>> {
  try {
    const appliedRow = z.object({ created_at: z.coerce.number() });
    const applied = await rows(db, appliedRow, sql`select created_at from drizzle.__drizzle_migrations`);
    return new Set(applied.map((row) => row.created_at));
  } catch (error) {
    if (sqlState(error) === undefinedTable) return new Set();
    throw error;
  }
}
