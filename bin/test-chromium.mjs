import { join } from "node:path";
import { findProgram, isExecutable } from "./find-program.mjs";
import { Refusal } from "./refusal.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const macPath = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** The path of a Chromium: the one named by CHROMIUM_PATH, the machine's, or Playwright's own. */
export async function requireChromium({ signal } = {}) {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (isExecutable(given)) return given;
    throw new Refusal(`CHROMIUM_PATH is ${given}, where no program is.`);
  }
  const found = findProgram(names, ["/usr/bin", "/snap/bin"]) ?? [macPath].find(isExecutable);
  if (found) return found;
  const { chromium } = await import("playwright");
  const own = chromium.executablePath();
  if (isExecutable(own)) return own;
  if (process.env.CI) {
    throw new Refusal(
      "Chromium is not on this machine. Install it (`apt-get install chromium`) or set CHROMIUM_PATH.",
    );
  }
  console.log("There is no Chromium on this machine: Playwright downloads one.");
  const cli = join(root, "node_modules/playwright/cli.js");
  const { code } = await run(process.execPath, [cli, "install", "chromium"], { signal });
  if (code !== 0 || !isExecutable(own)) {
    throw new Refusal("Chromium could not be downloaded. Install it, or set CHROMIUM_PATH to where it is.");
  }
  return own;
}
