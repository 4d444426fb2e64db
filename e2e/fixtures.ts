import { test as base, expect, type Page } from "@playwright/test";
import { z } from "zod";
import { type AppServer, createAppServer } from "./app-server";
import { type Person, signInAsGuest } from "./person";
import { providerSettings } from "./provider-settings";
import type { RecordedRequest } from "./scripted-model/journal";
import { type ScriptedModel, startScriptedModel } from "./scripted-model/start-scripted-model";

export { expect };

interface WorkerFixtures {
  model: ScriptedModel;
  /** Shared by the tests of a worker: each of them brings its own people. */
  app: AppServer;
}

interface TestFixtures {
  /** A browser page that may not report errors of its own. */
  page: Page;
  /** What `ownApp` is told beside its provider. */
  appEnv: Record<string, string>;
  /** For tests that end the server, need it empty or tell it something. */
  ownApp: AppServer;
  person: Person;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  model: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const model = await startScriptedModel();
      await use(model);
      await model.close();
    },
    { scope: "worker" },
  ],

  app: [
    async ({ model }, use) => {
      const app = await createAppServer(providerSettings(model));
      await app.start();
      await use(app);
      await app.dispose();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  appEnv: [{}, { option: true }],

  ownApp: [
    async ({ model, appEnv }, use) => {
      const app = await createAppServer({ ...providerSettings(model), ...appEnv });
      await app.start();
      await use(app);
      await app.dispose();
    },
    { timeout: 60_000 },
  ],

  page: async ({ page }, use) => {
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => {
      // That a request was refused is told by the page itself, and tested there.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
        problems.push(message.text());
    });
    await use(page);
    expect(problems, "errors in the page").toEqual([]);
  },

  baseURL: async ({ app }, use) => use(app.url),

  person: async ({ app }, use) => use(await signInAsGuest(app.url)),
});

/** The calls for answers that a chat has made, oldest first. */
export function callsOf(model: ScriptedModel, chatId: string): RecordedRequest[] {
  return model.requests().filter((request) => isOf(request, chatId));
}

/** The calls for its title. */
export function titleCallsOf(model: ScriptedModel, chatId: string): RecordedRequest[] {
  return model.requests().filter((request) => isOfSession(request, chatId) && !request.stream);
}

/** The first call of a chat that `matches`, now or once it does. */
export function untilCall(
  model: ScriptedModel,
  chatId: string,
  matches: (request: RecordedRequest) => boolean = () => true,
): Promise<RecordedRequest> {
  return model.until((request) => isOf(request, chatId) && matches(request), 15_000);
}

/** What a model was told. */
export function promptOf(request: RecordedRequest | undefined): { role: string; text: string }[] {
  return toldSchema.parse(request?.body).messages.map(({ role, content }) => ({
    role,
    text: typeof content === "string" ? content : content.map(({ text }) => text).join(""),
  }));
}

const toldSchema = z.object({
  messages: z.array(
    z.object({
      role: z.string(),
      content: z.union([z.string(), z.array(z.object({ type: z.literal("text"), text: z.string() }))]),
    }),
  ),
});

function isOf(request: RecordedRequest, chatId: string): boolean {
  return request.stream && isOfSession(request, chatId);
}

function isOfSession({ body }: RecordedRequest, chatId: string): boolean {
  return typeof body === "object" && body !== null && "session_id" in body && body.session_id === chatId;
}
