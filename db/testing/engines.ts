import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/pglite";
import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import type { Database, Db } from "@/db/client";
import { migrate } from "@/db/migrate";
import { openPostgres } from "@/db/postgres";
import { silentLog } from "@/lib/diagnostics/log";
import { createPgliteInMemory } from "./pglite-in-memory";
import { createPostgresDatabase } from "./postgres-database";

export interface Engine {
  readonly name: Database["engine"];
  /** Migrated, shared by the tests of the file, and empty when each of them starts. Not there before `beforeAll`. */
  readonly db: Db;
}

/** Registers the tests of `suite` once for PGlite and once for the PostgreSQL at `TEST_POSTGRES_URL`. */
export function forEachEngine(suite: (engine: Engine) => void): void {
  registerSuite("pglite", openPgliteInMemory, suite);
  registerSuite("postgres", openPostgresDatabase, suite);
}

interface Opened {
  db: Db;
  close(): Promise<void>;
}

function registerSuite(
  name: Engine["name"],
  open: () => Promise<Opened>,
  suite: (engine: Engine) => void,
): void {
  describe(name, () => {
    let opened: Opened | null = null;

    function db(): Db {
      if (opened) return opened.db;
      throw new Error("the database is open only while tests run");
    }

    beforeAll(async () => {
      opened = await open();
      await migrate(opened);
    });
    afterAll(() => opened?.close());
    beforeEach(async () => {
      await db().execute(empty);
    });

    suite({
      name,
      get db() {
        return db();
      },
    });
  });
}

/** Ten times faster than `truncate`, which makes every table anew; without triggers, foreign keys need no order. */
const empty = sql`
  do $$
  declare name text;
  begin
    set local session_replication_role = replica;
    for name in select quote_ident(tablename) from pg_tables where schemaname = 'public' loop
      execute 'delete from ' || name;
    end loop;
  end $$`;

async function openPgliteInMemory(): Promise<Opened> {
  const pglite = await createPgliteInMemory();
  return { db: drizzle({ client: pglite }), close: () => pglite.close() };
}

async function openPostgresDatabase(): Promise<Opened> {
  const database = await createPostgresDatabase();
  const { db, close } = openPostgres({ url: database.url }, silentLog);
  return {
    db,
    async close() {
      await close();
      await database.drop();
    },
  };
}
