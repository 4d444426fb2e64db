import { randomBytes } from "node:crypto";
import postgres from "postgres";

export interface PostgresDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A new, empty database on the server that the tests are given. */
export async function createPostgresDatabase(): Promise<PostgresDatabase> {
  const server = process.env.TEST_POSTGRES_URL;
  if (!server) throw new Error("set TEST_POSTGRES_URL or run npm test");
  const name = `parley_test_${randomBytes(6).toString("hex")}`;
  await run(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = name;
  return { url: url.href, drop: () => run(server, `drop database if exists ${name} with (force)`) };
}

async function run(server: string, statement: string): Promise<void> {
  const client = postgres(server, { max: 1, onnotice() {} });
  try {
    await client.unsafe(statement);
  } finally {
    await client.end();
  }
}
