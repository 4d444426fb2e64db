import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CDPSession, chromium, type Page } from "@playwright/test";
import { requireChromium } from "@/bin/test-chromium.mjs";
import { type AppServer, createAppServer } from "@/e2e/app-server";
import { lend, type Person, signInAsGuest } from "@/e2e/person";
import { providerSettings } from "@/e2e/provider-settings";
import { type ScriptedModel, startScriptedModel } from "@/e2e/scripted-model/start-scripted-model";
import { installWatch } from "./page-watch.ts";

/** A built Parley on its embedded database, its model, and somebody who sits before it. */
export interface Stage {
  app: AppServer;
  model: ScriptedModel;
  person: Person;
  browserVersion: string;
  /** Ends the page that was open before. */
  openPage(): Promise<OpenPage>;
  /** The same work, with a profile of it where one is wanted. */
  profiled<T>({ cdp }: OpenPage, name: string, work: () => Promise<T>): Promise<T>;
  dispose(): Promise<void>;
}

export interface OpenPage {
  page: Page;
  cdp: CDPSession;
}

export async function createStage(profileFolder: string | null): Promise<Stage> {
  const model = await startScriptedModel();
  const app = await createAppServer(providerSettings(model));
  const executablePath = await requireChromium();
  const browser = await chromium.launch({
    executablePath,
    args: process.getuid?.() === 0 ? [...quiet, "--no-sandbox"] : quiet,
  });
  await app.start();
  const person = await signInAsGuest(app.url);
  const context = await browser.newContext({
    baseURL: app.url,
    locale: "en-GB",
    viewport: { width: 1440, height: 900 },
    serviceWorkers: "block",
  });
  await lend(person, context);

  return {
    app,
    model,
    person,
    browserVersion: browser.version(),
    async openPage() {
      for (const page of context.pages()) await page.close();
      const page = await context.newPage();
      await installWatch(page);
      const cdp = await context.newCDPSession(page);
      await cdp.send("Performance.enable");
      return { page, cdp };
    },
    async profiled({ cdp }, name, work) {
      if (profileFolder === null) return work();
      await cdp.send("Profiler.enable");
      await cdp.send("Profiler.start");
      const result = await work();
      const { profile } = await cdp.send("Profiler.stop");
      mkdirSync(profileFolder, { recursive: true });
      writeFileSync(join(profileFolder, `${name}.cpuprofile`), JSON.stringify(profile));
      return result;
    },
    async dispose() {
      await browser.close();
      await app.dispose();
      await model.close();
    },
  };
}

/** A browser that does not call home. */
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];
