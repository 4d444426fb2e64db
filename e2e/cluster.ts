import { randomBytes } from "node:crypto";
import { createPostgresDatabase } from "@/db/testing/postgres-database";
import { type RedisServer, startRedisServer } from "@/lib/adapters/redis/testing/redis-server";
import { type AppServer, createAppServer } from "./app-server";
import { type Person, personAt, signInAsGuest } from "./person";
import { providerSettings } from "./provider-settings";
import { type ScriptedModel, startScriptedModel } from "./scripted-model/start-scripted-model";

/** Servers that share a database, secrets and a model: a session of one is good at all of them. */
export interface Cluster {
  readonly servers: readonly AppServer[];
  /** From 0. Throws where there is none. */
  server(index: number): AppServer;
  readonly model: ScriptedModel;
  /** The PostgreSQL database, as the servers are given it. */
  readonly databaseUrl: string;
  /** Its own, to be killed; `null` where it runs without. */
  readonly redis: RedisServer | null;
  /** Kills the servers and removes all they had. */
  dispose(): Promise<void>;
}

export interface ClusterOptions {
  /** How many servers; two unless told. */
  instances?: number;
  /** Whether Redis stands in front of PostgreSQL. */
  redis?: boolean;
  /** For every server, over what it is given here. */
  env?: Record<string, string>;
}

/** Starts servers of the built app on a new database of the PostgreSQL at `TEST_POSTGRES_URL`. */
export async function createCluster({
  instances = 2,
  redis: hasRedis = false,
  env = {},
}: ClusterOptions = {}): Promise<Cluster> {
  const opened: (() => Promise<unknown>)[] = [];
  // The last that was opened needs the others.
  const dispose = async () => {
    for (const close of opened.reverse().splice(0)) await close();
  };
  try {
    const model = await startScriptedModel();
    opened.push(model.close);
    const database = await createPostgresDatabase();
    opened.push(database.drop);
    const redis = hasRedis ? await startRedisServer() : null;
    if (redis) opened.push(redis.kill);
    const settings = {
      ...providerSettings(model),
      DATABASE_URL: database.url,
      REDIS_URL: redis?.url ?? "",
      BETTER_AUTH_SECRET: randomBytes(32).toString("base64url"),
      ENCRYPTION_KEY: randomBytes(32).toString("base64"),
      ...env,
    };
    const servers = await Promise.all(Array.from({ length: instances }, () => createAppServer(settings)));
    opened.push(() => Promise.all(servers.map((server) => server.dispose())));
    await Promise.all(servers.map((server) => server.start()));
    const server = (index: number) => {
      const found = servers[index];
      if (found) return found;
      throw new Error(`the cluster has no server ${index}`);
    };
    return { servers, server, model, databaseUrl: database.url, redis, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** A guest at the first and at the second server. */
export async function guestAtBoth({ server }: Cluster): Promise<[here: Person, there: Person]> {
  const here = await signInAsGuest(server(0).url);
  return [here, personAt(server(1), here)];
}
