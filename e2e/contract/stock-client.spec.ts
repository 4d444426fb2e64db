import type { Page } from "@playwright/test";
import { answerTo, messagesOf } from "@/e2e/ask";
import { callsOf, expect, test, untilCall } from "@/e2e/fixtures";
import { lend, type Person } from "@/e2e/person";
import { bundleStockClient } from "@/e2e/stock-client/bundle";
import { createId } from "@/lib/chats/id";
import { textOf as textOfParts } from "@/lib/chats/part";

let script = "";

test.beforeAll(async () => {
  script = await bundleStockClient();
});

test("an unmodified useChat begins a chat that is not stored yet without an error", async ({
  page,
  person,
}) => {
  await open(page, person);
  await expect(page.getByLabel("Status")).toHaveText("ready");
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("an unmodified useChat sends, shows the answer while it arrives, and ends ready", async ({
  model,
  page,
  person,
}) => {
  const chatId = await open(page, person);
  const question = "Hello there [[tokens=80 interval=20]]";
  const answered = send(page, question);

  await expect(page.getByRole("article", { name: "assistant" })).toContainText("10.");
  expect(callsOf(model, chatId)[0]?.state).toBe("streaming");
  await answered;
  await expect(page.getByLabel("Status")).toHaveText("ready");
  await expect.poll(() => textsOn(page)).toEqual([question, answerTo(question)]);
  await expect(page.getByRole("alert")).toHaveCount(0);
  const stored = await messagesOf(person, chatId);
  expect(await idsOn(page)).toEqual(stored.map(({ id }) => id));
});

test("an unmodified useChat that is reloaded in mid-answer resumes and ends with the exact text", async ({
  model,
  page,
  person,
}) => {
  const chatId = await open(page, person);
  const question = "A long one [[tokens=150 interval=30]]";
  const cutOff = send(page, question).catch(() => "the page went away");
  await untilCall(model, chatId, ({ tokensSent }) => tokensSent > 40);
  await page.reload();
  await cutOff;

  await expect(page.getByLabel("Status")).toHaveText("streaming");
  expect(callsOf(model, chatId)[0]?.state).toBe("streaming");
  await expect(page.getByLabel("Status")).toHaveText("ready");
  await expect.poll(() => textsOn(page)).toEqual([question, answerTo(question)]);
  expect(callsOf(model, chatId)).toHaveLength(1);
});

test("an unmodified useChat that is reloaded after the end has the chat as it was", async ({
  page,
  person,
}) => {
  await open(page, person);
  await send(page, "Short [[tokens=5]]");
  const before = ["Short [[tokens=5]]", answerTo("Short [[tokens=5]]")];
  await expect.poll(() => textsOn(page)).toEqual(before);
  await Promise.all([resumed(page), page.reload()]);
  await expect(page.getByLabel("Status")).toHaveText("ready");
  await expect.poll(() => textsOn(page)).toEqual(before);
});

test("an unmodified useChat regenerates, edits and goes on, and nothing stored is lost by it", async ({
  page,
  person,
}) => {
  const chatId = await open(page, person);
  const [first, second, edited] = [
    "One [[tokens=4]]",
    "Two [[tokens=5]]",
    "Two, but other [[tokens=6]]",
  ] as const;
  await send(page, first);
  await send(page, second);
  await page.evaluate(() => window.chat.regenerate());
  await expect.poll(() => textsOn(page)).toEqual([first, answerTo(first), second, answerTo(second)]);

  const [, , asked] = await idsOn(page);
  await page.evaluate(([text, messageId]) => window.chat.sendMessage({ text, messageId }), [
    edited,
    asked ?? "",
  ] as const);
  await expect.poll(() => textsOn(page)).toEqual([first, answerTo(first), edited, answerTo(edited)]);

  await page.reload();
  await expect.poll(() => textsOn(page)).toEqual([first, answerTo(first), edited, answerTo(edited)]);
  const stored = await messagesOf(person, chatId);
  expect(stored.map(({ parts }) => textOfParts(parts)).sort()).toEqual(
    [first, answerTo(first), second, answerTo(second), answerTo(second), edited, answerTo(edited)].sort(),
  );
});

test("an unmodified useChat has sources, images and calls as they are stored, live and after a reload", async ({
  page,
  person,
}) => {
  const chatId = await open(page, person);
  const partsOn = () => page.evaluate(() => window.chat.messages.map(({ parts }) => parts));
  for (const question of [
    '[[say="See" source="https://example.com/" title="Example" image image-size=40]]',
    `[[tool=search args='{"q":["x",1]}' tool=broken args='{"q":']]`,
  ])
    await send(page, question);
  await expect(page.getByLabel("Status")).toHaveText("ready");
  await expect(page.getByRole("alert")).toHaveCount(0);
  const stored = (await messagesOf(person, chatId)).map(({ parts }) => parts);
  const shown = (await partsOn()).map((parts) => parts.filter(({ type }) => type !== "step-start"));
  expect(shown).toEqual(stored);
  expect(stored.flat().map(({ type }) => type)).toEqual(
    expect.arrayContaining(["source-url", "file", "dynamic-tool"]),
  );
  await Promise.all([resumed(page), page.reload()]);
  await expect.poll(partsOn).toEqual(stored);
  await send(page, "And on [[tokens=3]]");
  await expect.poll(async () => (await textsOn(page)).at(-1)).toBe(answerTo("And on [[tokens=3]]"));
});

test("an unmodified useChat is told a provider's failure, and goes on after it", async ({ page, person }) => {
  await open(page, person);
  await send(page, "Fail [[tokens=20 error-after=5]]");
  await expect(page.getByRole("alert")).toContainText('"type":"provider_unavailable"');
  await expect(page.getByLabel("Status")).toHaveText("error");
  await send(page, "Again [[tokens=3]]");
  await expect(page.getByLabel("Status")).toHaveText("ready");
  await expect.poll(async () => (await textsOn(page)).at(-1)).toBe(answerTo("Again [[tokens=3]]"));
});

test("an unmodified useChat shows as much of a stopped answer as is stored", async ({
  model,
  page,
  person,
}) => {
  const chatId = await open(page, person);
  const answered = send(page, "Stop me [[tokens=500 interval=10]]");
  await untilCall(model, chatId, ({ tokensSent }) => tokensSent > 30);
  await person.request("POST", `/api/chat/${chatId}/stop`, { body: {} });
  await answered;
  await expect(page.getByLabel("Status")).toHaveText("ready");
  const [, answer] = await messagesOf(person, chatId);
  await expect.poll(async () => (await textsOn(page))[1]).toBe(textOfParts(answer?.parts ?? []));
});

/** The stock page on the app's own origin, in a new chat, once it has looked for an answer to resume. */
async function open(page: Page, person: Person): Promise<string> {
  const chatId = createId();
  await page.route("**/stock-client*", (route) =>
    route.fulfill(
      route.request().url().endsWith(".js")
        ? { contentType: "text/javascript", body: script }
        : { contentType: "text/html", body: '<script type="module" src="/stock-client.js"></script>' },
    ),
  );
  await lend(person, page.context());
  await Promise.all([resumed(page), page.goto(`/stock-client?chat=${chatId}`)]);
  return chatId;
}

async function resumed(page: Page): Promise<void> {
  const response = await page.waitForResponse(/\/api\/chat\/[\w-]+\/stream$/);
  await response.finished();
}

/** Resolves with the end of the answer, as the hook's own `sendMessage` does. */
async function send(page: Page, text: string): Promise<void> {
  await page.evaluate((words) => window.chat.sendMessage({ text: words }), text);
}

async function textsOn(page: Page): Promise<(string | null)[]> {
  return page.getByRole("article").evaluateAll((articles) => articles.map(({ textContent }) => textContent));
}

async function idsOn(page: Page): Promise<string[]> {
  return page.getByRole("article").evaluateAll((articles) => articles.map(({ id }) => id));
}
