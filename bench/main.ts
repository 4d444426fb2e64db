import { writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { endSignal } from "@/bin/end-signal.mjs";
import { type Options, parseOptions, type Scenario, usage } from "./options.ts";
import type { Report } from "./scenario.ts";
import { runDurable } from "./scenarios/durable.ts";
import { runIdle } from "./scenarios/idle.ts";
import { runLoad } from "./scenarios/load.ts";
import { runReconnect } from "./scenarios/reconnect.ts";
import { runStatements } from "./scenarios/statements.ts";
import { runTakeover } from "./scenarios/takeover.ts";
import { createStage, type Stage } from "./stage.ts";

const run: Record<Scenario, (stage: Stage) => Promise<Report>> = {
  load: runLoad,
  durable: runDurable,
  reconnect: runReconnect,
  idle: runIdle,
  takeover: runTakeover,
  statements: runStatements,
};

// The servers end with this process.
const ending = endSignal();
ending.addEventListener("abort", () => process.exit(ending.reason));

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.isHelpWanted) console.log(usage);
  else await measure(options);
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function measure(options: Options): Promise<void> {
  const stage = await createStage(options);
  const conditions = {
    at: new Date().toISOString(),
    node: process.version,
    processor: cpus()[0]?.model ?? null,
    cores: availableParallelism(),
    loadBefore: loadavg()[0],
    options,
  };
  const reports: (Report & { scenario: Scenario })[] = [];
  try {
    for (const scenario of options.scenarios) {
      const report = await run[scenario](stage);
      await stage.clear();
      reports.push({ scenario, ...report });
      console.log(`\n## ${report.title}\n\n${report.text}`);
    }
  } finally {
    await stage.close();
  }
  const { at, node, cores, loadBefore } = conditions;
  console.log(
    `\n${at}, Node ${node}, ${cores} cores, load average ${loadBefore?.toFixed(1)} before the start`,
  );
  if (options.out) writeFileSync(options.out, JSON.stringify({ ...conditions, reports }, null, 2));
}
