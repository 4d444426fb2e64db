import type { PGlite } from "@electric-sql/pglite";
import type { Log } from "@/lib/diagnostics/log";

/**
 * Does what a server's background processes do and PGlite has none for: without checkpoints the write-ahead log
 * grows until the process ends, and without vacuum every table that is written to.
 */
export function startUpkeep(pglite: PGlite, log: Log): { stop(): Promise<void> } {
  let round = Promise.resolve();
  const timer = setInterval(() => {
    round = keepUp(pglite).catch((error) => log.warn({ error }, "the upkeep of the database failed"));
  }, roundMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}

const roundMs = 60_000;

/** The process does nothing else meanwhile, so a round is small: at most one table, the one that needs it most. */
export async function keepUp(pglite: PGlite): Promise<void> {
  // What this session has written is otherwise counted only later.
  await pglite.exec("select pg_stat_force_next_flush()");
  const { rows: worn } = await pglite.query<{ name: string }>(wornTable);
  for (const { name } of worn) await pglite.exec(`vacuum (analyze) ${name}`);
  const { rows: logged } = await pglite.query(longLog);
  if (logged.length > 0) await pglite.exec("checkpoint");
}

/** By autovacuum's own measure. */
const wornTable = `
  select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
  where n_dead_tup > 50 + 0.2 * n_live_tup or n_mod_since_analyze > 50 + 0.1 * n_live_tup
  order by n_dead_tup + n_mod_since_analyze desc limit 1`;

/** One segment's worth: read back within a second after a crash, and written out in some 20 ms. */
const longLog = `
  select from pg_control_checkpoint() where pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn) > 16 * 1024 * 1024`;
