import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { root } from "./root.mjs";

const killAfterMs = 2_000;

/**
 * Runs a program to its end, in the checkout if not said otherwise. Its output is shown, or with `isQuiet`
 * kept for the caller. When `signal` aborts it is asked to end, and killed when it does not; the promise
 * then rejects with the signal's reason.
 *
 * @returns {Promise<{ code: number, output: string }>} code 128 for a program that a signal ended
 */
export function run(command, args, { env = {}, cwd = root, identity = {}, isQuiet = false, signal } = {}) {
  return new Promise((resolve, reject) => {
    const output = [];
    const child = spawn(command, args, {
      cwd,
      ...identity,
      env: { ...environment(), ...env },
      stdio: ["ignore", isQuiet ? "pipe" : "inherit", isQuiet ? "pipe" : "inherit"],
    });
    let killTimer;
    const end = () => {
      child.kill("SIGTERM");
      killTimer = setTimeout(() => child.kill("SIGKILL"), killAfterMs);
    };
    if (signal?.aborted) end();
    signal?.addEventListener("abort", end);
    child.stdout?.on("data", (bytes) => output.push(bytes));
    child.stderr?.on("data", (bytes) => output.push(bytes));
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(killTimer);
      signal?.removeEventListener("abort", end);
      if (signal?.aborted) reject(signal.reason);
      else resolve({ code: code ?? 128, output: Buffer.concat(output).toString() });
    });
  });
}

/** The environment with this very Node first on PATH, so that whatever a tool starts runs on it too. */
export function environment() {
  return {
    ...process.env,
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
    NEXT_TELEMETRY_DISABLED: "1",
  };
}
