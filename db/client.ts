import { join } from "node:path";
import { sql } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type { Log } from "@/lib/diagnostics/log";
import { acquireDataLock } from "./data-lock";
import { pendingMigrations } from "./migrate";
import type { PostgresOptions } from "./postgres";

/**
 * Either engine. In PGlite a transaction has the only connection: whatever is awaited inside one goes through its
 * `tx`, or waits for ever.
 */
export type Db = PgDatabase<PgQueryResultHKT>;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

export interface Database {
  readonly engine: "pglite" | "postgres";
  readonly db: Db;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  /** The names of the migrations that it still lacks. */
  pendingMigrations(): Promise<string[]>;
  /** May be called again: it then does nothing. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** `null` is the embedded database in `dataDir`. */
  database: PostgresOptions | null;
  dataDir: string;
  /** The address that a second start on the same data names. */
  url: string;
  log: Log;
}

/** Throws `DataDirectoryInUse` when another process has the embedded database open. */
export async function openDatabase({ database, dataDir, url, log }: OpenOptions): Promise<Database> {
  const { db, close } = database ? await openServer(database, log) : await openEmbedded(dataDir, url, log);
  let closing: Promise<void> | null = null;
  return {
    engine: database ? "postgres" : "pglite",
    db,
    async ping() {
      await db.execute(sql`select 1`);
    },
    pendingMigrations: () => pendingMigrations(db),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

interface Opened {
  db: Db;
  close(): Promise<void>;
}

// Either engine is loaded only where it is used: PGlite alone brings 20 MB.

async function openServer(options: PostgresOptions, log: Log): Promise<Opened> {
  const { openPostgres } = await import("./postgres");
  return openPostgres(options, log);
}

async function openEmbedded(dataDir: string, url: string, log: Log): Promise<Opened> {
  const [{ openPglite }, { startUpkeep }, { drizzle }] = await Promise.all([
    import("./pglite"),
    import("./pglite-upkeep"),
    import("drizzle-orm/pglite"),
  ]);
  const lock = await acquireDataLock(dataDir, { url });
  try {
    const pglite = await openPglite(join(dataDir, "postgres"));
    const upkeep = startUpkeep(pglite, log);
    return {
      db: drizzle({ client: pglite }),
      async close() {
        await upkeep.stop();
        await pglite.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
