import { defineConfig, devices } from "@playwright/test";

const isPhone = /phone\.spec\.ts$/;
// Of the journeys for every size those that say most; all of them on a phone would take as long again.
const isForPhonesToo = /phone\.spec\.ts|@phone/;

// A browser that does not call home: on a closed network its own requests are refused by the hundred.
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];

export default defineConfig({
  testDir: "e2e",
  testMatch: ["{contract,journeys}/*.spec.ts", "soak.spec.ts"],
  globalSetup: "./e2e/require-build.ts",
  outputDir: "test-results",
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  // On a shared machine one stall must not fail everything; what passes only then is listed as flaky, by name.
  retries: process.env.CI ? 1 : 0,
  // A restart of the server may take 25 s to end it, and each start makes or opens a database.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [["list"], ["json"]] : [["list"]],
  use: {
    // What is not there by then will not come.
    actionTimeout: 10_000,
    screenshot: "only-on-failure",
    // What a worker answers, a test cannot route; those that are about it allow it.
    serviceWorkers: "block",
    locale: "en-GB",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: process.getuid?.() === 0 ? [...quiet, "--no-sandbox"] : quiet,
    },
  },
  projects: [
    {
      name: "desktop",
      testIgnore: isPhone,
      use: { viewport: { width: 1440, height: 900 } },
    },
    {
      name: "phone",
      grep: isForPhonesToo,
      use: { ...devices["Pixel 7"], viewport: { width: 390, height: 844 } },
    },
  ],
});
