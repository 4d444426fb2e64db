import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build, removeStaleDev } from "./build.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";
import { requireChromium } from "./test-chromium.mjs";
import { tallyCheck, tallyPlaywright, tallyVitest } from "./test-tally.mjs";

const minute = 60_000;

/**
 * What `npm test` runs, in this order. A stage takes `{ signal, services, reports }` (`services()` resolves to the
 * environment with the addresses of PostgreSQL and Redis; `reports` is a folder) and answers a tally.
 */
export const stages = {
  types: {
    timeMsMax: 5 * minute,
    async run({ signal }) {
      removeStaleDev();
      // A fresh clone has no route types yet.
      const generated = await runTool("next/dist/bin/next", ["typegen"], { signal, isQuiet: true });
      if (generated.code !== 0) return tallyCheck(false, generated.output.trim());
      const { code } = await runTool("typescript/bin/tsc", ["--noEmit"], { signal });
      return tallyCheck(code === 0, "the types do not fit");
    },
  },
  lint: {
    timeMsMax: 5 * minute,
    async run({ signal }) {
      const { code } = await runTool("@biomejs/biome/bin/biome", ["check"], { signal });
      return tallyCheck(code === 0, "the linter complains");
    },
  },
  unit: {
    timeMsMax: 20 * minute,
    async run({ signal, services, reports }) {
      const env = await services();
      const path = join(reports, "vitest.json");
      const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${path}`];
      const { code } = await runTool("vitest/vitest.mjs", ["run", ...reporters], { signal, env });
      return tallyReport(path, (report) => tallyVitest(report, code), "Vitest left no report");
    },
  },
  build: {
    timeMsMax: 10 * minute,
    async run({ signal }) {
      await build({ signal });
      return tallyCheck(true);
    },
  },
  e2e: {
    timeMsMax: 40 * minute,
    needs: "build",
    async run({ signal, services, reports }) {
      const path = join(reports, "playwright.json");
      const env = {
        ...(await services()),
        CHROMIUM_PATH: await requireChromium({ signal }),
        PLAYWRIGHT_JSON_OUTPUT_FILE: path,
      };
      const { code } = await runTool("@playwright/test/cli.js", ["test", "--reporter=list,json"], {
        signal,
        env,
      });
      return tallyReport(path, (report) => tallyPlaywright(report, code), "Playwright left no report");
    },
  },
};

function runTool(path, args, options) {
  return run(process.execPath, [join(root, "node_modules", path), ...args], options);
}

function tallyReport(path, tally, missing) {
  return existsSync(path) ? tally(JSON.parse(readFileSync(path, "utf8"))) : tallyCheck(false, missing);
}
