import { createInterface } from "node:readline";
import { acquireDataLock } from "./data-lock.ts";

const [directory, url] = process.argv.slice(2);

say("ready");
for await (const order of createInterface({ input: process.stdin })) {
  if (order === "take") say(await take());
  if (order === "block") block();
}

async function take() {
  try {
    await acquireDataLock(directory, { url });
    return "held";
  } catch (error) {
    return error.message;
  }
}

/** As a long statement does, only longer. */
function block() {
  say("blocked");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
