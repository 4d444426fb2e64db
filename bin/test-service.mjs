import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { Refusal } from "./refusal.mjs";
import { environment } from "./run.mjs";

const readyMsMax = 30_000;

/**
 * Starts a program that serves until it is stopped, and waits until it has printed `readyText`. It does not
 * outlive this process.
 *
 * @returns {Promise<{ stop(): Promise<void> }>}
 */
export async function startService({
  name,
  command,
  args,
  readyText,
  stopSignal = "SIGTERM",
  cwd,
  identity = {},
}) {
  const child = spawn(command, args, {
    cwd,
    ...identity,
    env: environment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const exited = once(child, "exit");
  let output = "";
  const ready = new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output = (output + text).slice(-10_000);
        if (output.includes(readyText)) resolve("ready");
      });
    }
  });
  const outcome = await Promise.race([
    ready,
    exited.then(() => "ended"),
    new Promise((resolve) => setTimeout(resolve, readyMsMax, "silent").unref()),
  ]);
  if (outcome !== "ready") {
    kill();
    throw new Refusal(`${name} did not start for the tests. It says:\n\n${output.trim()}`);
  }
  return {
    async stop() {
      child.kill(stopSignal);
      await exited;
      process.off("exit", kill);
    },
  };
}

/** A port of 127.0.0.1 that nobody listened on a moment ago. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
