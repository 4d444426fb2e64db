import { writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { endSignal } from "@/bin/end-signal.mjs";
import { root } from "@/bin/root.mjs";
import { commitOf } from "./commit-of.ts";
import { type Figure, figureTable, isMissed } from "./figure.ts";
import { measureLoad } from "./load.ts";
import { measureLongChat } from "./long-chat.ts";
import { type MeasurementName, type Options, parseOptions, usage } from "./options.ts";
import { createStage, type Stage } from "./stage.ts";
import { measureSwitching } from "./switching.ts";
import { measureWords } from "./words.ts";

const run: Record<MeasurementName, (stage: Stage, options: Options) => Promise<Figure[]>> = {
  load: measureLoad,
  switching: measureSwitching,
  words: measureWords,
  "long-chat": measureLongChat,
};

// Server and browser end with this process.
const ending = endSignal();
ending.addEventListener("abort", () => process.exit(ending.reason));

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.isHelpWanted) {
    console.log(usage);
    process.exit(0);
  }
  const figures = await measure(options);
  process.exit(options.isStrict && figures.some(isMissed) ? 1 : 0);
} catch (error) {
  console.error(error);
  process.exit(1);
}

async function measure(options: Options): Promise<Figure[]> {
  const stage = await createStage(options.profileFolder);
  const conditions = {
    at: new Date().toISOString(),
    commit: commitOf(root),
    node: process.version,
    browser: stage.browserVersion,
    cores: availableParallelism(),
    loadBefore: loadavg()[0],
    options,
  };
  const figures: Figure[] = [];
  try {
    for (const name of options.only) {
      console.log(`Measuring ${name} …`);
      figures.push(...(await run[name](stage, options)));
    }
  } finally {
    await stage.dispose();
  }
  console.log(`\n${figureTable(figures)}`);
  const { at, commit, browser, cores, loadBefore } = conditions;
  console.log(
    `\n${at}, ${commit ?? "of no known commit"}, Chromium ${browser}, ${cores} cores, load average ${loadBefore?.toFixed(1)} before the start`,
  );
  if (options.out) writeFileSync(options.out, JSON.stringify({ ...conditions, figures }, null, 2));
  return figures;
}
