import { drizzle } from "drizzle-orm/postgres-js";
import postgres, { type Sql, type TransactionSql } from "postgres";
import type { Log } from "@/lib/diagnostics/log";

export interface PostgresOptions {
  url: string;
  /** Connections at once. */
  poolMax?: number;
  /** `false` behind a pooler that gives every transaction another connection and does not know prepared statements. */
  prepare?: boolean;
}

export function openPostgres({ url, poolMax = 10, prepare = true }: PostgresOptions, log: Log) {
  const client = postgres(serverUrl(url), {
    max: poolMax,
    prepare,
    connect_timeout: 5,
    // After an outage nobody waits longer than a second for the next attempt.
    backoff: (attempt) => Math.min(0.05 * 2 ** attempt, 1),
    // Better closed by us than by a firewall, or by the sleep of a function, that says nothing.
    idle_timeout: 60,
    // The only setting: poolers refuse those that they do not know.
    connection: { application_name: "parley" },
    onnotice: ({ code, message }) => log.debug({ code, notice: message }, "the database notes"),
    types: { bigint: { to: 20, from: [20], parse: parseBigint, serialize: String } },
  });
  const db = drizzle({ client: alwaysPrepared(client) });
  // Drizzle has switched these off, as its columns give text; values in a bare `sql` are still to be written.
  const { serializers } = client.options;
  serializers[1114] = serializers[1184] = momentText;
  serializers[114] = serializers[3802] = jsonText;
  return { db, close: () => client.end({ timeout: 5 }) };
}

/** Hosts put settings of other clients into their URLs, which this client would pass on as settings of the server. */
function serverUrl(text: string): string {
  const url = new URL(text);
  for (const name of foreignSettings) url.searchParams.delete(name);
  return url.href;
}

const foreignSettings = ["channel_binding", "gssencmode", "pgbouncer", "connection_limit", "pool_timeout"];

/**
 * Drizzle has each statement parsed anew, which costs it a round trip and lets nothing follow it on its connection
 * meanwhile. A prepared one is kept by its text: let that not grow with the data.
 */
function alwaysPrepared<Client extends Sql | TransactionSql>(client: Client): Client {
  type Scope = (tx: TransactionSql) => Promise<unknown>;
  const prepared: Client = Object.create(client);
  prepared.unsafe = (text, values, options) => client.unsafe(text, values, { ...options, prepare: true });
  if ("begin" in client)
    Object.assign(prepared, { begin: (use: Scope) => client.begin((tx) => use(alwaysPrepared(tx))) });
  if ("savepoint" in client)
    Object.assign(prepared, { savepoint: (use: Scope) => client.savepoint((tx) => use(alwaysPrepared(tx))) });
  return prepared;
}

/** A number where that is exact, as with PGlite. */
function parseBigint(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

function momentText(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}

function jsonText(value: unknown): unknown {
  return typeof value === "string" ? value : JSON.stringify(value);
}
