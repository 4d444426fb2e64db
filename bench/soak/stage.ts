import { randomBytes } from "node:crypto";
import { type AppServer, createAppServer } from "@/e2e/app-server";
import { createCluster } from "@/e2e/cluster";
import { providerKey, providerSettings } from "@/e2e/provider-settings";
import { type ScriptedModel, startScriptedModel } from "@/e2e/scripted-model/start-scripted-model.ts";
import type { RedisServer } from "@/lib/adapters/redis/testing/redis-server";
import { probeSettings } from "./memory.ts";
import { readGenerations, type StoredGeneration } from "./stored.ts";

export const engines = ["pglite", "postgres", "redis"] as const;
export type Engine = (typeof engines)[number];

/** The servers of a soak and what they stand on. */
export interface Stage {
  servers: readonly AppServer[];
  model: ScriptedModel;
  redis: RedisServer | null;
  /** What may stand in no log. */
  secrets: readonly string[];
  /** Ends the server of an embedded database. */
  generations(): Promise<StoredGeneration[]>;
  dispose(): Promise<void>;
}

/** PostgreSQL is the one at `TEST_POSTGRES_URL`; a Redis is started here, to be killed. */
export async function createStage(engine: Engine, instances: number): Promise<Stage> {
  const keys = {
    BETTER_AUTH_SECRET: randomBytes(32).toString("base64url"),
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
  };
  const secrets = [providerKey, ...Object.values(keys)];
  const env = { ...keys, ...probeSettings };
  if (engine === "pglite") return createEmbedded(env, secrets);
  const cluster = await createCluster({ instances, redis: engine === "redis", env });
  const { servers, model, redis, databaseUrl, dispose } = cluster;
  return { servers, model, redis, secrets, generations: () => readGenerations({ databaseUrl }), dispose };
}

async function createEmbedded(env: Record<string, string>, secrets: readonly string[]): Promise<Stage> {
  const model = await startScriptedModel();
  const server = await createAppServer({ ...providerSettings(model), ...env });
  const dispose = async () => {
    await server.dispose();
    await model.close();
  };
  try {
    await server.start();
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    servers: [server],
    model,
    redis: null,
    secrets,
    async generations() {
      await server.stop();
      return readGenerations({ dataDir: server.dataDir });
    },
    dispose,
  };
}
