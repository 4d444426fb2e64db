import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface AppServer {
  /** The origin, without a slash at its end. */
  url: string;
  dataDir: string;
  /** Resolves once it serves; again after an end, on the same port and the same data. */
  start(): Promise<void>;
  /** Gives it no time for anything. */
  kill(): Promise<void>;
  /** Asks it to end, as a deploy or Ctrl-C does. */
  stop(): Promise<{ exitCode: number | null; ms: number }>;
  /** Everything it has written so far, over all its starts. */
  log(): string;
  /** Kills it and removes its data. */
  dispose(): Promise<void>;
}

/** One Parley, started as `npm start` starts it: its own port, data and provider. */
export async function createAppServer(env: Record<string, string>): Promise<AppServer> {
  const dataDir = await mkdtemp(join(tmpdir(), "parley-e2e-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let running: ChildProcess | null = null;
  let log = "";

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const exited = once(running, "exit");
    running.kill(signal);
    await exited;
  }

  return {
    url,
    dataDir,
    async start() {
      const started = startProcess({
        ...ownSettings,
        APP_URL: url,
        HOST: "127.0.0.1",
        PORT: String(port),
        DATA_DIR: dataDir,
        ...env,
      });
      running = started.process;
      started.process.stdout?.on("data", (text) => {
        log += text;
      });
      started.process.stderr?.on("data", (text) => {
        log += text;
      });
      await started.ready;
    },
    kill: () => end("SIGKILL"),
    async stop() {
      const since = performance.now();
      await end("SIGTERM");
      return { exitCode: running?.exitCode ?? null, ms: performance.now() - since };
    },
    log: () => log,
    async dispose() {
      await end("SIGKILL");
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Starts Parley and lets it run to its end; for starts that are to be refused. */
export async function startRefused(
  env: Record<string, string>,
): Promise<{ exitCode: number | null; output: string }> {
  const { process: child, ready } = startProcess({ ...ownSettings, ...env });
  let output = "";
  child.stdout?.on("data", (text) => {
    output += text;
  });
  child.stderr?.on("data", (text) => {
    output += text;
  });
  const served = ready.then(
    () => true,
    () => false,
  );
  if (await served) {
    child.kill("SIGKILL");
    throw new Error(`Parley was to refuse its start, and serves:\n${output}`);
  }
  return { exitCode: child.exitCode, output };
}

function startProcess(env: Record<string, string>) {
  const child = spawn(process.execPath, ["bin/start.mjs"], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8");
  const ready = new Promise<void>((resolve, reject) => {
    let output = "";
    const look = (text: string) => {
      output += text;
      if (output.includes("Parley is ready on")) resolve();
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.once("close", (code) => reject(new Error(`Parley ended with ${code} while starting:\n${output}`)));
  });
  return { process: child, ready };
}

/** Whatever is set on this machine or in its .env files does not count: an empty value is none. */
const ownSettings = {
  NODE_ENV: "production",
  OPENROUTER_API_KEY: "",
  OPENROUTER_BASE_URL: "",
  OPENAI_API_KEY: "",
  OPENAI_BASE_URL: "",
  DEFAULT_MODEL: "",
  TITLE_MODEL: "",
  TRUST_PROXY_HOPS: "",
  DATABASE_URL: "",
  DATABASE_LISTEN: "",
  REDIS_URL: "",
  SIGN_UP: "",
  GUESTS: "",
  BETTER_AUTH_SECRET: "",
  ENCRYPTION_KEY: "",
  ENCRYPTION_KEY_OLD: "",
  LOG_LEVEL: "",
  STOP_UNREAD_AFTER: "",
  FUNCTION_SECONDS_MAX: "",
  RATE_LIMITS: "off",
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}
