import type { Page } from "@playwright/test";
import { ask } from "@/e2e/ask";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend, type Person } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";

test("a tool call that is opened before its scripts are there stays open, with what is in it", {
  tag: "@phone",
}, async ({ page, person }) => {
  const scripts = await holdScriptsWith(page, '("tool.output")');
  await openAnswer(page, person, `Look [[tool=get_weather args='{"city":"Oslo"}']]`);
  const call = chatPage(page).answers.getByRole("region", { name: "Tool call: get_weather" });
  const element = await call.locator("details").elementHandle();
  await call.locator("summary").click();
  scripts.release();
  await expect(call.getByRole("figure", { name: "Input" })).toContainText("Oslo");
  expect(await element?.evaluate((details) => details.isConnected), "the one that was opened").toBe(true);
});

test("a second try that is pressed before its scripts are there is done once they are", {
  tag: "@phone",
}, async ({ page, person }) => {
  const chat = chatPage(page);
  const scripts = await holdScriptsWith(page, '("error.copyDetails")');
  await openAnswer(page, person, "Break [[tokens=60 interval=5 cut-after=20]]");
  const asked = page.waitForRequest((request) => request.url().endsWith("/api/chat"));
  const tryAgain = chat.answers.getByRole("button", { name: "Try again", exact: true });
  await tryAgain.click();
  await expect(tryAgain).toHaveAttribute("aria-busy", "true");
  scripts.release();
  await asked;
  await expect(chat.answers).toHaveCount(1);
});

test("a hint whose script cannot be fetched is left out, and takes nothing with it", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await openAnswer(page, person, "Hello [[say=there]]");
  const missed = page.waitForEvent("requestfailed", (request) => request.url().includes("/_next/static/"));
  await page.route("**/_next/static/**", (route) => route.abort());
  await chat.question.pressSequentially("Still here");
  await missed;
  await expect(chat.question).toHaveValue("Still here");
  await expect(chat.answers).toContainText("there");
});

/** As it is found by somebody who comes to a chat that has it: drawn by the server. */
async function openAnswer(page: Page, person: Person, question: string): Promise<void> {
  const { response, chatId } = await ask(person, question);
  await readStream(response);
  await lend(person, page.context());
  await page.goto(`/chat/${chatId}`);
  await expect(page.getByRole("status", { name: "Connection" })).toHaveText("Live");
}

/** Those whose code has these words come when they are released; all others at once. */
async function holdScriptsWith(page: Page, code: string) {
  const held = Promise.withResolvers<void>();
  await page.route("**/_next/static/chunks/*.js", async (route) => {
    const response = await route.fetch();
    if ((await response.text()).includes(code)) await held.promise;
    await route.fulfill({ response });
  });
  return { release: held.resolve };
}
