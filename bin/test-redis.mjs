import { tmpdir } from "node:os";
import { findProgram } from "./find-program.mjs";
import { Refusal } from "./refusal.mjs";
import { freePort, startService } from "./test-service.mjs";

/**
 * Starts a throw-away Redis that keeps nothing, on a free port of 127.0.0.1.
 *
 * @returns {Promise<{ url: string, stop(): Promise<void> }>}
 */
export async function startRedis() {
  const command = findProgram(["redis-server", "valkey-server"], ["/opt/homebrew/bin", "/usr/local/bin"]);
  if (!command) {
    throw new Refusal(
      "Redis is not on this machine, and the tests run against a real one. Install it: " +
        "`apt-get install redis-server`, or `brew install redis`.",
    );
  }
  const port = await freePort();
  const { stop } = await startService({
    name: "Redis",
    command,
    args: [
      "--port",
      String(port),
      "--bind",
      "127.0.0.1",
      "--save",
      "",
      "--appendonly",
      "no",
      "--dir",
      tmpdir(),
    ],
    readyText: "Ready to accept connections",
  });
  return { url: `redis://127.0.0.1:${port}`, stop };
}
