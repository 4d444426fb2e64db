import { answerTo } from "@/e2e/ask";
import { chatPage } from "@/e2e/chat-page";
import { type Figure, median } from "./figure.ts";
import { mainThreadMs } from "./page-watch.ts";
import type { Stage } from "./stage.ts";
import { longestTask, type Task, tasksDuring } from "./tasks.ts";

/** A thousand words, one every 10 ms, as they come to be read. */
export async function measureWords(stage: Stage): Promise<Figure[]> {
  const lateMs: number[] = [];
  const workMs: number[] = [];
  const tasks: Task[] = [];
  for (let round = 0; round < rounds; round++) {
    const open = await stage.openPage();
    const { page, cdp } = open;
    await page.goto("/");
    await chatPage(page).question.waitFor();
    const before = await mainThreadMs(cdp);
    const shown = page.evaluate(async (ending) => {
      const last = () =>
        document.querySelector("main article:last-of-type .markdown > div:last-child > p:last-of-type");
      return (
        performance.timeOrigin +
        (await window.paintedOnce(() => last()?.textContent.endsWith(ending) ?? false))
      );
    }, answerTo(question).trimEnd().slice(-20));
    const answering = () =>
      stage.profiled(open, `words-${round}`, async () => {
        const { stop } = chatPage(page);
        await chatPage(page).ask(question);
        await stop.waitFor();
        await stop.waitFor({ state: "hidden", timeout: 60_000 });
      });
    tasks.push(...(await tasksDuring(cdp, answering)).tasks);
    workMs.push((await mainThreadMs(cdp)) - before);
    lateMs.push((await shown) - sentAt(stage));
  }
  return [
    {
      what: "1,000 words at 10 ms: last word late, median of 3",
      value: median(lateMs),
      unit: "ms",
      goal: 40,
    },
    { what: "the same, work on the main thread", value: median(workMs) / 1000, unit: "s", goal: 2.5 },
    ...longestTask(tasks),
  ];
}

const rounds = 3;
const question = "A thousand words [[tokens=1000 interval=10]]";

/** When the model had sent its newest answer. */
function sentAt({ model }: Stage): number {
  const answer = model.requests().findLast(({ stream }) => stream);
  return Date.parse(answer?.endedAt ?? "");
}
