import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withCheckoutLock } from "./checkout-lock.mjs";
import { otherInstances } from "./instances.mjs";
import { npm } from "./npm.mjs";
import { step } from "./progress.mjs";
import { Refusal } from "./refusal.mjs";
import { root } from "./root.mjs";

const packagesDir = join(root, "node_modules");
const manifestPath = join(root, "package.json");
const lockPath = join(root, "package-lock.json");
/** npm's own list, like the lock file, of what it has installed; written when it is through. */
const installedPath = join(packagesDir, ".package-lock.json");
const stampPath = join(packagesDir, ".parley-install");
/** Some packages are binaries: a folder that came from another system does not do. */
const system = `${process.platform}-${process.arch}`;

/** Ensures that node_modules holds what package.json and the lock file name. */
export async function install({ signal } = {}) {
  if (isInstalled()) return;
  await withCheckoutLock("install", () => (isInstalled() ? undefined : installNow(signal)), {
    signal,
    onWait: (pid) => console.log(`Waiting for process ${pid}, which is installing packages …`),
  });
}

async function installNow(signal) {
  const [running] = otherInstances();
  if (running) {
    throw new Refusal(
      `The packages have changed, and Parley (process ${running.pid}) still runs on the old ones. Stop it first, then try again.`,
    );
  }
  await step("Installing packages", async () => {
    // The tools of a build are development packages, whatever NODE_ENV says; and `npm start --silent` is not to silence this npm.
    const options = ["--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=warn"];
    // From here on node_modules counts as unfinished, however this ends.
    rmSync(installedPath, { force: true });
    let installed = await npm(["ci", ...options], { isQuiet: true, signal });
    // A registry that lacks packages of other systems makes a lock file without them, which `npm ci` refuses.
    // `--no-save` keeps to the lock for all that it names, and leaves the checkout as it is; it also keeps
    // what an install that was cut off has half unpacked, so that goes first.
    if (installed.code !== 0 && installed.output.includes("EUSAGE")) {
      rmSync(packagesDir, { recursive: true, force: true });
      installed = await npm(["install", "--no-save", ...options], { isQuiet: true, signal });
    }
    if (installed.code !== 0) {
      throw new Refusal(`The packages could not be installed. npm says:\n\n${installed.output.trim()}`);
    }
    writeFileSync(stampPath, currentStamp());
  });
}

function isInstalled() {
  const installed = readPackages(installedPath);
  if (installed === null) return false;
  const stamp = existsSync(stampPath) ? readFileSync(stampPath, "utf8") : null;
  if (stamp === currentStamp()) return true;
  if (stamp !== null && !stamp.startsWith(system)) return false;
  // What somebody installed by hand is as good when it is what the lock file names.
  const hasDirect = Object.keys(wanted()).every((name) => installed[`node_modules/${name}`]);
  return hasDirect && covers(installed, readPackages(lockPath) ?? {});
}

/** Whether every package of the lock file is there in its version; optional ones may be for other systems. */
export function covers(installed, locked) {
  return Object.entries(locked).every(
    ([path, entry]) => path === "" || entry.optional || installed[path]?.version === entry.version,
  );
}

function readPackages(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).packages : null;
}

function currentStamp() {
  const hash = createHash("sha256").update(JSON.stringify(wanted()));
  if (existsSync(lockPath)) hash.update(readFileSync(lockPath));
  return `${system} ${hash.digest("hex")}`;
}

function wanted() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(manifestPath, "utf8"));
  return { ...dependencies, ...devDependencies };
}
