import postgres from "postgres";
import type { Cluster } from "./cluster";

/** What no client can do to the database of a cluster. */
export function databaseOf({ databaseUrl }: Cluster) {
  const { pathname } = new URL(databaseUrl);
  const name = pathname.slice(1);
  // The server's own database: the other one may refuse.
  const serverUrl = Object.assign(new URL(databaseUrl), { pathname: "postgres" }).href;

  return {
    /** As when the time of all leases had passed. */
    endLeases: () =>
      run(
        databaseUrl,
        "update generation set lease_until = now() - interval '1 second' where status in ('queued', 'streaming', 'stopping')",
      ),

    /** As when an hour had passed. */
    dropEvents: () => run(databaseUrl, "delete from user_event"),

    /** Ends all connections and takes no new ones, until `accept`. */
    async refuse() {
      await run(serverUrl, `alter database ${name} allow_connections false`);
      await run(
        serverUrl,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
      );
    },
    accept: () => run(serverUrl, `alter database ${name} allow_connections true`),
  };
}

/** Gives the number of rows. */
async function run(url: string, statement: string): Promise<number> {
  const client = postgres(url, { max: 1, onnotice() {} });
  try {
    return (await client.unsafe(statement)).length;
  } finally {
    await client.end();
  }
}
