import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";

/** A Redis of one's own, to be killed. It keeps nothing: each start is an empty one on the same port. */
export interface RedisServer {
  readonly url: string;
  /** Does nothing while it runs. */
  start(): Promise<void>;
  kill(): Promise<void>;
  /** From then on it says nothing and leaves its connections open, until `resume`. */
  pause(): void;
  resume(): void;
}

export async function startRedisServer(...settings: string[]): Promise<RedisServer> {
  const port = await freePort();
  let child: ChildProcess | null = null;

  const isRunning = () => child?.exitCode === null && child.signalCode === null;

  async function start() {
    if (isRunning()) return;
    const flags = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
    const started = spawn("redis-server", [...flags, "--dir", tmpdir(), ...settings], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    child = started;
    let said = "";
    for await (const text of started.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
      said += text;
      if (said.includes("Ready to accept connections")) break;
    }
    if (!said.includes("Ready to accept connections")) throw new Error(`redis-server ended: ${said}`);
    started.stdout.resume();
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    async kill() {
      if (!child || !isRunning()) return;
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
    pause: () => void child?.kill("SIGSTOP"),
    resume: () => void child?.kill("SIGCONT"),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
