import { answerTo, messagesOf } from "@/e2e/ask";
import { chatPage, words } from "@/e2e/chat-page";
import { callsOf, expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";
import { leakedKey } from "@/e2e/scripted-model/errors";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("a provider that is away is told of, may be tried again when it says so, and then answers", {
  tag: "@phone",
}, async ({ context, model, page }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("Try me [[tokens=10 error=503 times=2]]");
  await expect(chat.alert).toContainText("The model is not available at the moment.");
  await expect(chat.questions).toHaveText(/Try me/);
  await chat.problem.getByRole("button", { name: "Copy details" }).click();
  await expect(chat.problem.getByRole("button", { name: "Copied" })).toBeVisible();
  const details: unknown = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  expect(details).toMatchObject({ type: "provider_unavailable", provider: "openrouter" });
  expect(details).toHaveProperty("requestId");
  await page.getByRole("button", { name: "Try again", exact: true }).click();

  await expect(chat.alert).toBeHidden();
  await chat.untilAnswered();
  expect(await chat.answerText()).toBe(words(answerTo("[[tokens=10]]")));
  await expect(chat.answers).toHaveCount(1);
  expect(callsOf(model, await chat.chatId())).toHaveLength(3);
  await page.reload();
  await expect(chat.answers).toHaveCount(1);
  expect(await chat.answerText()).toBe(words(answerTo("[[tokens=10]]")));
});

for (const [which, sentence] of [
  ["401", "The provider did not accept the key."],
  ["402", "The provider account has no credit left."],
  ["403", "The provider refused this request for its content."],
  ["context-length", "The conversation is too long for this model."],
]) {
  test(`what cannot pass by itself says what to do, and offers no second try (${which})`, async ({
    page,
  }) => {
    const chat = chatPage(page);
    await page.goto("/");
    await chat.ask(`Fail [[error=${which} leak]]`);
    await expect(chat.alert).toContainText(sentence ?? "");
    await expect(page.getByRole("button", { name: /^Try again/ })).toHaveCount(0);
    await expect(page.locator("body")).not.toContainText(leakedKey);
    await page.reload();
    await expect(chat.answers).toContainText(sentence ?? "");
  });
}

test("what had arrived before a failure stays, with the failure below it", { tag: "@phone" }, async ({
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("Break [[tokens=60 interval=5 cut-after=20]]");
  await expect(chat.alert).toContainText("The provider reported a problem while answering.");
  const text = await chat.answerText();
  expect(text).toBe(words(answerTo("[[tokens=60]]").split(" ").slice(0, 20).join(" ")));
  await page.reload();
  await expect(chat.answers).toContainText("The provider reported a problem while answering.");
  expect(await chat.answerText()).toBe(text);
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
});

test("a question that the server refused is kept, and sent once when it is tried again", {
  tag: "@phone",
}, async ({ page, person }) => {
  const chat = chatPage(page);
  await page.goto("/");
  const error = {
    type: "unavailable",
    message: "Parley cannot answer right now. Try again in a moment.",
    provider: null,
    retryable: true,
    retryAfterMs: null,
    requestId: "made-up",
  };
  await page.route("/api/chat", (route) => route.fulfill({ status: 503, json: { error } }));
  await chat.ask("Keep this [[tokens=7]]");
  await expect(page.getByText("Not sent", { exact: true })).toBeVisible();
  await expect(chat.alert).toContainText(error.message);
  await expect(chat.questions).toHaveText(/Keep this/);

  await page.unroute("/api/chat");
  await page.getByRole("button", { name: "Try again" }).click();
  await chat.untilAnswered();
  expect(await chat.answerText()).toBe(words(answerTo("[[tokens=7]]")));
  await expect(page.getByText("Not sent", { exact: true })).toBeHidden();
  expect(await messagesOf(person, await chat.chatId())).toHaveLength(2);
});

test("a stop that reaches nobody says so, and is one press away", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("Go on [[tokens=2000 interval=20]]");
  await expect(chat.answers).toContainText("10.");
  await page.route("**/stop", (route) => route.abort());
  await chat.stop.click();
  await expect(chat.alert).toContainText("Parley could not be reached.");
  await page.unroute("**/stop");
  await chat.problem.getByRole("button", { name: "Try again" }).click();
  await expect(chat.answers.getByText("Stopped")).toBeVisible();
  await expect(chat.problem).toBeHidden();
});

test("a question that reaches nobody waits in sight, and goes back into the field to be changed", {
  tag: "@phone",
}, async ({ page }) => {
  const chat = chatPage(page);
  const waiting = page.getByRole("region", { name: "Waiting questions" });
  await page.goto("/");
  await page.route("/api/chat", (route) => route.abort());
  await chat.ask("With a mistkae");
  await expect(waiting).toContainText("With a mistkae");
  await waiting.getByRole("button", { name: "Edit" }).click();
  await expect(chat.question).toHaveValue("With a mistkae");
  await expect(waiting).toBeHidden();
  await expect(chat.questions).toHaveCount(0);
});

test("a draft survives a reload, and each chat has its own", { tag: "@phone" }, async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("A chat [[tokens=3]]");
  await chat.question.fill("A draft in the chat");
  await page.getByRole("link", { name: "New chat" }).first().click();
  await expect(chat.question).toHaveValue("");
  await chat.question.fill("A draft of a new chat");
  await page.reload();
  await expect(chat.question).toHaveValue("A draft of a new chat");
  await chat.openSideBar();
  await chat.chats.getByRole("link", { name: "A chat" }).click();
  await expect(chat.question).toHaveValue("A draft in the chat");
  await page.reload();
  await expect(chat.question).toHaveValue("A draft in the chat");
});

test("who was signed out elsewhere is told so, and the question is kept", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await expect(chat.question).toBeVisible();
  await page.context().clearCookies();
  await chat.ask("Am I still here?");
  await expect(chat.alert).toContainText("You are signed out.");
  await expect(chat.questions).toHaveText(/Am I still here\?/);
});

for (const [path, wayBack] of [
  ["/chat/nowhere", "New chat"],
  ["/chat/not%2Fan%2Fid", "New chat"],
  ["/nowhere", "To the start page"],
] as const) {
  test(`${path} is a page that says there is nothing, and leads back`, async ({ page }) => {
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
    await page.getByRole("main").getByRole("link", { name: wayBack }).click();
    await expect(chatPage(page).question).toBeVisible();
  });
}
