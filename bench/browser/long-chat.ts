import { setTimeout } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { percentile } from "@/bench/figures";
import { answerTo, ask } from "@/e2e/ask";
import { lengthenChat } from "@/e2e/long-chat";
import { readStream } from "@/e2e/read-stream";
import type { Figure } from "./figure.ts";
import { readKeys } from "./page-watch.ts";
import type { OpenPage, Stage } from "./stage.ts";
import { longestTask, tasksDuring } from "./tasks.ts";
import { typeUntil } from "./typist.ts";

interface Length {
  messages: number;
  seconds: number;
}

/** A long chat, as it opens and with all of it loaded, while somebody types below an answer of a megabyte. */
export async function measureLongChat(stage: Stage, { messages, seconds }: Length): Promise<Figure[]> {
  const { chatId, response } = await ask(stage.person, "A long chat");
  await readStream(response);
  await lengthenChat(stage.app, chatId, { messages, answers });

  const open = await stage.openPage();
  const opening = await tasksDuring(open.cdp, () =>
    stage.profiled(open, "opening", () => openAt(open.page, chatId, `${chatId}-${messages}`)),
  );
  const slowly = `${megabyte} [[interval=${(seconds / 180).toFixed(3)}]]`;
  const asItOpens = await typeBelow(
    stage,
    open,
    `1 MB in ${seconds} s, below as much as it opens with`,
    slowly,
  );
  const reading = await tasksDuring(open.cdp, () =>
    stage.profiled(open, "earlier", () => loadAll(open.page, messages)),
  );
  return [
    {
      what: `a chat of ${messages.toLocaleString("en")} messages opened, until its newest is painted`,
      value: opening.result,
      unit: "ms",
      goal: null,
    },
    ...longestTask(opening.tasks),
    ...asItOpens,
    { what: "all its messages loaded, page by page", value: reading.result / 1000, unit: "s", goal: null },
    ...longestTask(reading.tasks),
    ...(await typeBelow(stage, open, "1 MB at once, below all of it", `At once ${megabyte}`)),
    ...(await typeBelow(stage, open, `1 MB in ${seconds} s, below all of it`, slowly)),
  ];
}

const answers = [answerTo("[[text=answer]]"), answerTo("[[tokens=60]]"), answerTo("[[text=markdown]]")];
const megabyte = "[[text=markdown tokens=180000]]";

async function openAt(page: Page, chatId: string, messageId: string): Promise<number> {
  await page.goto(`/chat/${chatId}`);
  const paintedMs = await page.evaluate(
    (id) => window.paintedOnce(() => document.querySelector(`[data-message="${id}"]`) !== null),
    messageId,
  );
  await untilSettled(page);
  return paintedMs;
}

/** Gives how long it took, in milliseconds. */
async function loadAll(page: Page, messages: number): Promise<number> {
  const loaded = await page.evaluate(async () => {
    const shown = () => document.querySelectorAll("main article").length;
    const since = performance.now();
    for (;;) {
      const before = shown();
      const earlier = document.querySelector("[data-scroller] button");
      if (!(earlier instanceof HTMLElement) || earlier.closest("article")) break;
      earlier.click();
      await window.paintedOnce(() => shown() > before);
    }
    return { count: shown(), ms: performance.now() - since };
  });
  if (loaded.count < messages)
    throw new Error(`only ${loaded.count} of ${messages} messages are on the page`);
  await untilSettled(page);
  return loaded.ms;
}

async function typeBelow(stage: Stage, open: OpenPage, what: string, question: string): Promise<Figure[]> {
  const { page, cdp } = open;
  // By name they would be looked for in the page itself, among all that is in it.
  const field = page.locator("main textarea");
  await field.fill(question);
  await readKeys(page);
  const before = await page.evaluate(newestAnswer);
  const since = performance.now();
  const typing = await tasksDuring(cdp, () =>
    stage.profiled(open, what.replaceAll(/\W+/g, "-"), async () => {
      await field.press("Enter");
      return typeUntil(cdp, untilDrawn(page, before.id));
    }),
  );
  const seconds = (performance.now() - since) / 1000;
  const noticed = await readKeys(page);
  await field.fill("");
  // Those that were not noticed were painted sooner.
  const sooner = Array.from({ length: Math.max(0, typing.result - noticed.length) }, () => 16);
  const keysMs = [...noticed, ...sooner];
  return [
    { what: `${what}, until all is drawn`, value: seconds, unit: "s", goal: null },
    { what: `key to paint, p50 of ${typing.result}`, value: percentile(keysMs, 0.5), unit: "ms", goal: null },
    { what: "key to paint, p95", value: percentile(keysMs, 0.95), unit: "ms", goal: 50 },
    { what: "key to paint, slowest", value: percentile(keysMs, 1), unit: "ms", goal: null },
    ...longestTask(typing.tasks),
  ];
}

/** Until the newest answer is `complete` and drawn to its end. Looks at few elements: of hundreds of thousands that costs. */
async function untilDrawn(page: Page, before: string | null): Promise<void> {
  for (let known = -1, isDrawn = false; !isDrawn; ) {
    await setTimeout(1000);
    const seen = await page.evaluate(newestAnswer);
    isDrawn = seen.id !== before && !seen.isBusy && seen.waiting === 0 && seen.groups === known;
    known = seen.groups;
  }
}

function newestAnswer() {
  const newest =
    document.querySelector("[data-scroller]")?.firstElementChild?.lastElementChild?.lastElementChild;
  const groups = Array.from(newest?.querySelector(".markdown")?.children ?? []);
  return {
    id: newest?.getAttribute("data-message") ?? null,
    isBusy: newest?.getAttribute("aria-busy") !== "false",
    groups: groups.length,
    waiting: groups.filter(({ childElementCount }) => childElementCount === 0).length,
  };
}

/** Until nothing has been added for a second. */
async function untilSettled(page: Page): Promise<void> {
  const count = () => page.evaluate(() => document.getElementsByTagName("*").length);
  for (let before = -1, now = await count(); now !== before; now = await count()) {
    before = now;
    await setTimeout(1000);
  }
}
