import type { CDPSession } from "@playwright/test";
import { z } from "zod";
import type { Figure } from "./figure.ts";

/** A turn of the page's main thread: how long everything else had to wait, and how much of that it worked itself. */
export interface Task {
  wallMs: number;
  cpuMs: number;
}

const eventSchema = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  dur: z.number().optional(),
  tdur: z.number().optional(),
  args: z.object({ name: z.string().optional() }).optional(),
});

/** The tasks of 50 ms and more while `work` goes on, from the browser's own trace. */
export async function tasksDuring<T>(
  cdp: CDPSession,
  work: () => Promise<T>,
): Promise<{ result: T; tasks: Task[] }> {
  const mainThreads = new Set<string>();
  const tasks: (Task & { thread: string })[] = [];
  const collect = ({ value }: { value: unknown[] }) => {
    for (const event of z.array(eventSchema.catch(nothing)).parse(value)) {
      const thread = `${event.pid}:${event.tid}`;
      if (event.name === "thread_name" && event.args?.name === "CrRendererMain") mainThreads.add(thread);
      if (!event.name.endsWith("RunTask") || event.dur === undefined || event.dur < longUs) continue;
      tasks.push({ thread, wallMs: event.dur / 1000, cpuMs: (event.tdur ?? Number.NaN) / 1000 });
    }
  };
  cdp.on("Tracing.dataCollected", collect);
  await cdp.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["toplevel", "__metadata"], excludedCategories: ["*"] },
  });
  const result = await work();
  const complete = new Promise((resolve) => cdp.once("Tracing.tracingComplete", resolve));
  await cdp.send("Tracing.end");
  await complete;
  cdp.off("Tracing.dataCollected", collect);
  return { result, tasks: tasks.filter(({ thread }) => mainThreads.has(thread)) };
}

/** On a machine that is busy with other things the two are far from each other. */
export function longestTask(tasks: readonly Task[]): Figure[] {
  return [
    {
      what: "the same, longest task",
      value: Math.max(0, ...tasks.map(({ wallMs }) => wallMs)),
      unit: "ms",
      goal: 100,
    },
    {
      what: "the same, most work in one task",
      value: Math.max(0, ...tasks.map(({ cpuMs }) => cpuMs)),
      unit: "ms",
      goal: 100,
    },
    { what: "the same, tasks above 50 ms", value: tasks.length, unit: "", goal: null },
  ];
}

const longUs = 50_000;
const nothing = { name: "", ph: "", pid: 0, tid: 0 };
