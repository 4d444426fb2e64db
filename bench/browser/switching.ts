import type { Page } from "@playwright/test";
import { ask } from "@/e2e/ask";
import { chatPage } from "@/e2e/chat-page";
import { readStream } from "@/e2e/read-stream";
import { type Figure, median } from "./figure.ts";
import type { Stage } from "./stage.ts";
import { longestTask, tasksDuring } from "./tasks.ts";

/** From the press on a chat in the side bar to its messages being painted, both chats having been seen before. */
export async function measureSwitching(stage: Stage): Promise<Figure[]> {
  const chatIds = [await createChat(stage, "Tides"), await createChat(stage, "Bread")];
  const open = await stage.openPage();
  const { page } = open;
  const { answers } = chatPage(page);
  for (const chatId of chatIds) {
    await page.goto(`/chat/${chatId}`);
    await answers.last().waitFor();
  }
  for (const chatId of chatIds) await switchTo(page, chatId);
  const timesMs: number[] = [];
  const { tasks } = await tasksDuring(open.cdp, () =>
    stage.profiled(open, "switching", async () => {
      for (let round = 0; round < rounds; round++) {
        for (const chatId of chatIds) timesMs.push(await switchTo(page, chatId));
      }
    }),
  );
  return [
    {
      what: "switching between two visited chats of 40 messages, median",
      value: median(timesMs),
      unit: "ms",
      goal: 100,
    },
    { what: "the same, slowest of 20", value: Math.max(...timesMs), unit: "ms", goal: null },
    ...longestTask(tasks),
  ];
}

const rounds = 10;
const exchanges = 20;

async function createChat({ person }: Stage, subject: string): Promise<string> {
  const { chatId, response } = await ask(person, `${subject} [[text=answer]]`);
  await readStream(response);
  for (let number = 1; number < exchanges; number++) {
    await readStream((await ask(person, `${subject} again [[text=answer]]`, { chatId })).response);
  }
  return chatId;
}

/** Timed in the page, from the press itself. */
async function switchTo(page: Page, chatId: string): Promise<number> {
  const shown = page.evaluate(async (path) => {
    const newest = () => document.querySelector("main article:last-of-type");
    const before = newest();
    const pressed = new Promise<number>((resolve) =>
      window.addEventListener("pointerdown", ({ timeStamp }) => resolve(timeStamp), {
        capture: true,
        once: true,
      }),
    );
    const painted = await window.paintedOnce(
      () => location.pathname === path && newest() !== null && newest() !== before,
    );
    return painted - (await pressed);
  }, `/chat/${chatId}`);
  await page.locator(`nav [data-chat="${chatId}"]`).click();
  return shown;
}
