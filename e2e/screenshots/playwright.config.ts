import { defineConfig, devices } from "@playwright/test";
import base from "@/playwright.config";

const desktop = { viewport: { width: 1440, height: 900 } };
const phone = { ...devices["Pixel 7"], viewport: { width: 390, height: 844 }, deviceScaleFactor: 1 };

/** Not a test: renews `docs/screenshots`, by `npm run screenshots`. */
export default defineConfig({
  ...base,
  testDir: ".",
  testMatch: "*.spec.ts",
  testIgnore: [],
  globalSetup: "../require-build.ts",
  outputDir: "../../test-results",
  reporter: [["list"]],
  projects: (["light", "dark"] as const).flatMap((colorScheme) => [
    { name: `desktop-${colorScheme}`, use: { ...desktop, colorScheme } },
    { name: `phone-${colorScheme}`, use: { ...phone, colorScheme } },
  ]),
});
