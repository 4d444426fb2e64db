import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endSignal } from "./end-signal.mjs";
import { install } from "./install.mjs";
import { seconds } from "./progress.mjs";
import { failWith, Refusal } from "./refusal.mjs";
import { ensureNode } from "./runtime.mjs";
import { createServices } from "./test-services.mjs";
import { stages } from "./test-stages.mjs";
import { sum, tallyCheck } from "./test-tally.mjs";

await ensureNode(import.meta.url);
const ending = endSignal();
const services = createServices({ signal: ending });
const reports = mkdtempSync(join(tmpdir(), "parley-reports-"));
try {
  const total = await testAll(chosenStages(process.argv.slice(2)));
  await cleanUp();
  if (total.skipped > 0) console.log(`\n${total.skipped} skipped`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed > 0 ? 1 : 0);
} catch (error) {
  await cleanUp();
  failWith(error, ending);
}

/** All stages run, whatever the ones before them came to, except one that needs what has failed. */
async function testAll(names) {
  const installed = await stageTally("install", { run: installPackages });
  if (installed.failed > 0) return installed;
  const tallies = {};
  for (const name of names) tallies[name] = await stageTally(name, stages[name], tallies);
  return sum(Object.values(tallies));
}

async function installPackages({ signal }) {
  await install({ signal });
  return tallyCheck(true);
}

async function stageTally(name, { run, timeMsMax = 15 * 60_000, needs }, earlier = {}) {
  console.log(`\n━━━ ${name} ${"━".repeat(60 - name.length)}`);
  const startedAt = performance.now();
  const limit = AbortSignal.timeout(timeMsMax);
  let tally;
  try {
    if (needs && earlier[needs]?.failed > 0)
      throw new Refusal(`Not run: it needs the stage "${needs}", which failed.`);
    tally = await run({ signal: AbortSignal.any([ending, limit]), services: services.environment, reports });
  } catch (error) {
    ending.throwIfAborted();
    tally = tallyCheck(
      false,
      limit.aborted ? `It did not end within ${timeMsMax / 60_000} minutes.` : reasonOf(error),
    );
  }
  for (const reason of tally.reasons) console.error(reason);
  const count = tally.passed + tally.failed;
  const outcome =
    tally.failed === 0 ? "passed" : count === 1 ? "failed" : `${tally.failed} of ${count} failed`;
  console.log(`${name}: ${outcome} in ${seconds(startedAt)}`);
  return tally;
}

function reasonOf(error) {
  return error instanceof Refusal ? error.message : (error.stack ?? String(error));
}

function chosenStages(wanted) {
  const known = Object.keys(stages);
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown) throw new Refusal(`There is no stage ${unknown}. The stages are ${known.join(", ")}.`);
  if (wanted.length === 0) return known;
  return known.filter((name) => wanted.includes(name) || wanted.some((each) => stages[each].needs === name));
}

async function cleanUp() {
  await services.stop();
  rmSync(reports, { recursive: true, force: true });
}
