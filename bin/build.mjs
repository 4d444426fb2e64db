import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withCheckoutLock } from "./checkout-lock.mjs";
import { noteInstance, otherInstances } from "./instances.mjs";
import { step } from "./progress.mjs";
import { Refusal } from "./refusal.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";
import { sourceHash } from "./source-hash.mjs";

const nextCli = join(root, "node_modules/next/dist/bin/next");
const buildDir = join(root, ".next");
const stampPath = join(buildDir, "parley-sources");

/** Ensures that `.next` is built from the sources as they are now. */
export function build({ signal } = {}) {
  return withBuildLock(signal, () => buildWhereNeeded(signal));
}

/**
 * Builds like `build`, and notes this process as one that serves the result. Both under one lock: nobody
 * builds between the two.
 */
export function buildToServe({ signal } = {}) {
  return withBuildLock(signal, async () => {
    await buildWhereNeeded(signal);
    return noteInstance("start");
  });
}

function withBuildLock(signal, work) {
  return withCheckoutLock("build", work, {
    signal,
    onWait: (pid) => console.log(`Waiting for process ${pid}, which is building Parley …`),
  });
}

async function buildWhereNeeded(signal) {
  const hash = sourceHash();
  if (isBuiltFrom(hash)) return;
  const served = otherInstances().find(({ mode }) => mode === "start");
  if (served) throw new Refusal(inUse(served));
  removeStaleDev();
  rmSync(stampPath, { force: true });
  await step("Building Parley", async () => {
    const built = await run(process.execPath, [nextCli, "build"], {
      isQuiet: true,
      signal,
      env: { NODE_ENV: "production" },
    });
    if (built.code !== 0) throw new Refusal(`The build failed. Next.js says:\n\n${built.output.trim()}`);
  });
  writeFileSync(stampPath, hash);
}

/** What a dev server has left names routes that may be gone, and their types break a build. One that runs keeps its own in order. */
export function removeStaleDev() {
  if (otherInstances().some(({ mode }) => mode === "dev")) return;
  rmSync(join(buildDir, "dev"), { recursive: true, force: true });
}

function isBuiltFrom(hash) {
  return (
    existsSync(join(buildDir, "BUILD_ID")) &&
    existsSync(stampPath) &&
    readFileSync(stampPath, "utf8") === hash
  );
}

function inUse({ pid, address }) {
  const where = address ? `${address}, process ${pid}` : `process ${pid}`;
  return (
    `The sources have changed since the build that Parley is serving from this folder (${where}). ` +
    "A new build would break it: stop it first, then try again."
  );
}
