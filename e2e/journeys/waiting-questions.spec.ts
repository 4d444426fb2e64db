import { messagesOf } from "@/e2e/ask";
import { chatPage } from "@/e2e/chat-page";
import { callsOf, expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("a question asked while an answer runs waits in sight, and goes out after it", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("Long [[tokens=60 interval=40]]");
  await expect(chat.answers).toContainText("10.");
  await chat.question.fill("Next [[say=second]]");
  await chat.question.press("Enter");

  await expect(page.getByRole("region", { name: "Waiting questions" })).toContainText("Next");
  await expect(chat.question).toHaveValue("");
  await expect(chat.answers).toHaveCount(2);
  await chat.untilAnswered();
  expect(await chat.answerText()).toBe("second");
  await expect(chat.answers.first()).toContainText("60.");
  await expect(page.getByRole("region", { name: "Waiting questions" })).toBeHidden();
});

test("Stop and send ends the answer and asks at once", { tag: "@phone" }, async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("Without end [[tokens=2000 interval=40]]");
  await expect(chat.answers).toContainText("10.");
  await chat.question.fill("Rather this [[say=rather]]");
  await page.getByRole("button", { name: "Send after this answer" }).click();
  await page.getByRole("button", { name: "Stop and send" }).click();
  await expect(chat.answers).toHaveCount(2);
  await chat.untilAnswered();
  expect(await chat.answerText()).toBe("rather");
});

test("what is sent offline waits, may be changed, and goes out once and in order", { tag: "@phone" }, async ({
  context,
  model,
  page,
  person,
}) => {
  const chat = chatPage(page);
  const waiting = page.getByRole("region", { name: "Waiting questions" }).getByRole("listitem");
  await page.goto("/");
  await chat.askToTheEnd("Hello [[say=hello]]");
  const chatId = await chat.chatId();
  const tab = await context.newPage();
  await tab.goto(page.url());
  await context.setOffline(true);
  await expect(page.getByRole("status", { name: "Connection" })).toHaveText("Offline");
  for (const [index, text] of ["One [[say=1]]", "Two [[say=2]]", "Three [[say=3]]"].entries()) {
    await chat.ask(text);
    await expect(waiting).toHaveCount(index + 1);
  }
  await expect(tab.getByRole("region", { name: "Waiting questions" }).getByRole("listitem")).toHaveCount(3);

  await waiting.nth(1).getByRole("button", { name: "Withdraw" }).click();
  await waiting.nth(0).getByRole("button", { name: "Edit" }).click();
  await expect(chat.question).toHaveValue("One [[say=1]]");
  await chat.ask("One, changed [[say=4]]");
  await expect(waiting).toHaveCount(2);
  await context.setOffline(false);

  await expect(chat.answers).toHaveCount(3);
  await chat.untilAnswered();
  const questions = (await messagesOf(person, chatId)).filter(({ role }) => role === "user");
  expect(questions.map(({ parts }) => JSON.stringify(parts))).toEqual([
    expect.stringContaining("Hello"),
    expect.stringContaining("Three"),
    expect.stringContaining("One, changed"),
  ]);
  expect(callsOf(model, chatId)).toHaveLength(3);
  await expect(chatPage(tab).answers).toHaveCount(3);
});

test("a first question that reached nobody survives a reload and is asked once", async ({
  context,
  page,
  person,
}) => {
  const chat = chatPage(page);
  const waiting = page.getByRole("region", { name: "Waiting questions" });
  await page.goto("/");
  await context.route("**/api/chat", (route) => route.abort());
  await chat.ask("Remember me [[say=remembered]]");
  await expect(waiting).toContainText("Remember me");
  await page.reload();
  await expect(waiting).toContainText("Remember me");
  await expect(chat.question).toHaveValue("");
  await context.unroute("**/api/chat");

  await expect(chat.answers).toContainText("remembered", { timeout: 20_000 });
  expect(await messagesOf(person, await chat.chatId())).toHaveLength(2);
});

test("an answer to a question whose response was lost is there once", async ({ context, page, person }) => {
  const chat = chatPage(page);
  let lost = 0;
  await context.route("**/api/chat", async (route) => {
    lost += 1;
    if (lost > 2) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await page.goto("/");
  await chat.ask("Say it once [[say=once]]");
  await expect(chat.answers).toContainText("once");
  await chat.untilAnswered();
  await expect(chat.questions).toHaveCount(1);
  expect(await messagesOf(person, await chat.chatId())).toHaveLength(2);
});
