import { writeFileSync } from "node:fs";
import { endSignal } from "@/bin/end-signal.mjs";
import { startPostgres } from "@/bin/test-postgres.mjs";
import { parseOptions, usage } from "./options.ts";
import { runSoak } from "./run-soak.ts";

// The servers end with this process.
const ending = endSignal();
ending.addEventListener("abort", () => process.exit(ending.reason));

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.isHelpWanted) console.log(usage);
  process.exit(options.isHelpWanted || (await run(options)) ? 0 : 1);
} catch (error) {
  console.error(error);
  process.exit(1);
}

async function run({ out, ...options }: ReturnType<typeof parseOptions>): Promise<boolean> {
  const { engine, seed } = options;
  const startedAt = performance.now();
  const tell = (what: string) =>
    console.log(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${what}`);
  console.log(`Seed ${seed}`);
  const postgres = engine === "pglite" ? null : await startPostgres();
  if (postgres) process.env.TEST_POSTGRES_URL = postgres.url;
  const { findings, figures } = await runSoak({ ...options, tell }).finally(() => postgres?.stop());
  console.log(`\n${JSON.stringify(figures, null, 2)}\n`);
  for (const { guarantee, problems } of findings) {
    console.log(`${problems.length === 0 ? "holds " : "BROKEN"}  ${guarantee}`);
    for (const problem of problems.slice(0, 10)) console.log(`          ${problem}`);
    if (problems.length > 10) console.log(`          and ${problems.length - 10} more`);
  }
  if (out) writeFileSync(out, JSON.stringify({ ...options, figures, findings }, null, 2));
  return findings.every(({ problems }) => problems.length === 0);
}
