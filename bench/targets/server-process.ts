import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export interface ServerProcess {
  pid: number;
  /** From the start of the process to its first good answer. */
  readyMs: number;
  /** SIGTERM, and SIGKILL for one that does not end. */
  stop(): Promise<void>;
  kill(): Promise<void>;
}

const readyMsMax = 5 * 60_000;
const stopMsMax = 30_000;
const askEveryMs = 50;

/**
 * Starts a Node program as a server of its own, with nothing of this environment but `env`, and waits until
 * `readyUrl` answers with 200. It ends with this process, because the channel between the two closes.
 */
export async function startServer({
  name,
  args,
  env,
  cwd,
  readyUrl,
  logFolder,
}: {
  name: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  readyUrl: string;
  logFolder: string;
}): Promise<ServerProcess> {
  const logPath = join(logFolder, `${name}.log`);
  const log = openSync(logPath, "a");
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, {
    cwd,
    env: {
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      HOME: process.env.HOME,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      ...env,
    },
    stdio: ["ignore", log, log, "ipc"],
  });
  const exited = once(child, "exit");
  const kill = async () => {
    child.kill("SIGKILL");
    await exited;
  };

  while (!(await isReady(readyUrl))) {
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    if (hasEnded || performance.now() - startedAt > readyMsMax) {
      child.kill("SIGKILL");
      throw new Error(`${name} did not start:\n\n${readFileSync(logPath, "utf8").slice(-3_000)}`);
    }
    await wait(askEveryMs);
  }
  return {
    pid: child.pid ?? 0,
    readyMs: performance.now() - startedAt,
    kill,
    async stop() {
      const timer = setTimeout(() => child.kill("SIGKILL"), stopMsMax);
      child.kill("SIGTERM");
      await exited;
      clearTimeout(timer);
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false; // It does not answer yet.
  }
}
