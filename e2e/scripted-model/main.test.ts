import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

import { startScriptedModel } from "./start-scripted-model.ts";

const command = fileURLToPath(new URL("../../bin/scripted-model.mjs", import.meta.url));

test.each(["SIGINT", "SIGTERM"] as const)(
  "the command serves until %s, says how to use it, and ends well",
  async (signal) => {
    const child = run("--port", "0");
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    let said = "";
    while (!said.includes("OPENROUTER_API_KEY")) said += `${(await lines.next()).value}\n`;
    const baseUrl = /OPENROUTER_BASE_URL=(\S+)/.exec(said)?.[1] ?? "";
    expect((await fetch(`${baseUrl}/models`)).status).toBe(200);
    child.kill(signal);
    expect((await once(child, "exit"))[0]).toBe(0);
  },
);

test("a port that is taken ends the command with a sentence", async () => {
  const taken = await startScriptedModel();
  const child = run("--port", new URL(taken.url).port);
  const ended = once(child, "exit");
  const [errors] = await once(child.stderr, "data");
  expect(String(errors)).toContain("scripted-model: listen EADDRINUSE");
  expect((await ended)[0]).toBe(1);
  await taken.close();
});

function run(...args: string[]) {
  return spawn(process.execPath, [command, ...args], { stdio: ["ignore", "pipe", "pipe"] });
}
