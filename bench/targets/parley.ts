import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@/bin/test-service.mjs";
import { startServer } from "./server-process.ts";
import type { Target } from "./target.ts";

export interface ParleyOptions {
  name: string;
  /** The checkout that is started; it builds itself where it has changed. */
  checkout: string;
  upstreamUrl: string;
  /** `null` is the embedded database. */
  databaseUrl: string | null;
  /** For its data and its log. */
  folder: string;
  /** Where a profile of its processor time goes when it ends, if one is wanted. */
  profileFolder: string | null;
}

export interface Parley extends Target {
  pid: number;
  readyMs: number;
  kill(): Promise<void>;
}

// Of no worth anywhere: they only have to be the same in all instances.
const secrets = {
  BETTER_AUTH_SECRET: "a secret for measurements and nothing else",
  ENCRYPTION_KEY: Buffer.alloc(32, 1).toString("base64"),
};

/** What a setting of the machine or an `.env.local` must not bring in. */
const unset = { OPENAI_API_KEY: "", OPENAI_BASE_URL: "", APP_URL: "", REDIS_URL: "", TRUST_PROXY_HOPS: "" };

export async function startParley(options: ParleyOptions): Promise<Parley> {
  const { name, checkout, upstreamUrl, databaseUrl, folder, profileFolder } = options;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const dataDir = join(folder, `${name}-data`);
  mkdirSync(dataDir, { recursive: true });
  const server = await startServer({
    name,
    args: [join(checkout, "bin/start.mjs")],
    env: {
      ...unset,
      ...secrets,
      HOST: "127.0.0.1",
      PORT: String(port),
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl ?? "",
      OPENROUTER_BASE_URL: upstreamUrl,
      OPENROUTER_API_KEY: "sk-or-scripted",
      DEFAULT_MODEL: "scripted/burst",
      RATE_LIMITS: "off",
      ...(profileFolder && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profileFolder}` }),
    },
    cwd: checkout,
    readyUrl: `${url}/api/health/ready`,
    logFolder: folder,
  });
  return { name, url: new URL(url), ...server };
}
