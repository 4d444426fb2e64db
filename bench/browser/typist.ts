import { setInterval } from "node:timers/promises";
import type { CDPSession } from "@playwright/test";

/** Presses a key whenever its time has come, whatever the page is busy with. Resolves to how many, once `isOver` has. */
export async function typeUntil(cdp: CDPSession, isOver: Promise<unknown>): Promise<number> {
  const keys = "while this answer is being written somebody types the next question ";
  const presses: Promise<unknown>[] = [];
  let isTyping = true;
  const ending = isOver.finally(() => {
    isTyping = false;
  });
  for await (const _ of setInterval(keyEveryMs)) {
    if (!isTyping) break;
    presses.push(press(cdp, keys[presses.length % keys.length] ?? " "));
  }
  await Promise.all([ending, ...presses]);
  return presses.length;
}

/** A fast typist's. */
const keyEveryMs = 80;

async function press(cdp: CDPSession, text: string): Promise<void> {
  const key = { key: text, code: text === " " ? "Space" : `Key${text.toUpperCase()}` };
  await Promise.all([
    cdp.send("Input.dispatchKeyEvent", { type: "keyDown", text, ...key }),
    cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...key }),
  ]);
}
