import { createHash } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { ask } from "@/e2e/ask";
import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage } from "@/e2e/chat-page";
import { callsOf, expect, promptOf, test } from "@/e2e/fixtures";
import { lend, signUp } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { createChat, updateChat } from "@/lib/api/chats";
import { createProfile } from "@/lib/api/profiles";
import { changeSettings } from "@/lib/api/settings";
import { createId } from "@/lib/chats/id";
import { estimateTokens } from "@/lib/prompts/estimate-tokens";

test("a prompt is written, put in order by the keyboard, seen as it will be, and sent like that", {
  tag: "@phone",
}, async ({ page, person, model }) => {
  await lend(person, page.context());
  await page.goto("/settings/prompt");
  await page.getByRole("textbox", { name: "Before everything" }).fill("Rules first.");
  await page.getByRole("textbox", { name: "System prompt" }).fill("You are brief.");
  await page.getByRole("textbox", { name: "Before the newest question" }).fill("Be kind.");
  const live = page.getByRole("region", { name: "Preview" });
  await expect(live.getByLabel("Before the conversation")).toHaveText(
    "Rules first.\n---\nYou are brief.\n---\n(The character’s description stands here.)\n---\n(Your profile’s description stands here.)",
    { useInnerText: true },
  );
  const up = page.getByRole("button", { name: "Move System prompt up" });
  await up.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("System prompt is number 1 of 4")).toBeAttached();
  await expect(up).toBeFocused();
  const down = page.getByRole("button", { name: "Move System prompt down" });
  await down.press("Enter");
  await expect(page.getByText("System prompt is number 2 of 4")).toBeAttached();
  await expect(down).toBeFocused();
  await up.press("Enter");
  await page.getByRole("switch", { name: "Character is sent" }).press("Space");
  await expect(live.getByLabel("Before the conversation")).toHaveText(
    "You are brief.\n---\nRules first.\n---\n(Your profile’s description stands here.)",
    { useInnerText: true },
  );
  await expect(page.getByText("Not saved yet")).toBeVisible();
  await save(page);
  await page.reload();
  await expect(page.getByRole("textbox", { name: "System prompt" })).toHaveValue("You are brief.");

  await page.goto("/");
  const chat = chatPage(page);
  await chat.askToTheEnd("Hello [[tokens=3]]");
  expect(promptOf(callsOf(model, await chat.chatId()).at(-1))).toEqual([
    { role: "system", text: "You are brief.\n---\nRules first." },
    { role: "system", text: "Be kind." },
    { role: "user", text: "Hello [[tokens=3]]" },
  ]);
});

test("a section that is switched off is not sent though it has a text, and the others are joined as is set", async ({
  page,
  person,
  model,
}) => {
  const prompt = { preSystemPrompt: "Rules.", systemPrompt: "Be brief.", postSystemPrompt: "Be kind." };
  await person.call(changeSettings, { body: { prompt } });
  await person.call(createProfile, { body: { name: "Ada", description: "Ada reads." } });
  await lend(person, page.context());
  await page.goto("/settings/prompt");
  const before = page.getByRole("switch", { name: "Before everything is sent" });
  const after = page.getByRole("switch", { name: "Before the newest question is sent" });
  await before.press("Space");
  await after.press("Space");
  await page.getByRole("textbox", { name: "Between the sections" }).fill("\n* * *\n");
  const live = page.getByRole("region", { name: "Preview" });
  await expect(live.getByLabel("Before the conversation")).toHaveText(
    "Be brief.\n* * *\n(The character’s description stands here.)\n* * *\n(Your profile’s description stands here.)",
    { useInnerText: true },
  );
  await expect(live.getByText("Nothing is said.")).toBeVisible();
  await save(page);
  await page.reload();
  await expect(before).not.toBeChecked();
  await expect(after).not.toBeChecked();
  await expect(page.getByRole("textbox", { name: "Before the newest question" })).toHaveValue("Be kind.");
  await page.goto("/");
  const chat = chatPage(page);
  await chat.askToTheEnd("Hello [[tokens=3]]");
  const chatId = await chat.chatId();
  expect(promptOf(callsOf(model, chatId).at(-1))).toEqual([
    { role: "system", text: "Be brief.\n* * *\nAda reads." },
    { role: "user", text: "Hello [[tokens=3]]" },
  ]);

  await page.goto("/settings/prompt");
  await after.press("Space");
  await save(page);
  await page.goto(`/chat/${chatId}`);
  await chat.askToTheEnd("And now? [[tokens=3]]");
  expect(promptOf(callsOf(model, chatId).at(-1)).at(-2)).toEqual({
    role: "system",
    text: "Be kind.",
  });
});

test("what would be sent is shown before it is, and copied as what the provider then receives", {
  tag: "@phone",
}, async ({ page, person, model, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await person.call(changeSettings, {
    body: { prompt: { systemPrompt: "Be brief.", postSystemPrompt: "Be kind." } },
  });
  await lend(person, context);
  await page.goto("/");
  const chat = chatPage(page);
  await chat.askToTheEnd("First [[tokens=3]]");
  await chat.question.fill("Second [[tokens=3]]");
  await page.getByRole("button", { name: "Preview the prompt" }).click();
  const dialog = page.getByRole("dialog", { name: "What would be sent now" });
  await expect(dialog.getByRole("listitem")).toHaveCount(5);
  await expect(dialog.getByRole("listitem").first()).toContainText("System prompt");
  await expect(dialog.getByRole("listitem").last()).toContainText("Second [[tokens=3]]");
  await expectNoBarriers(page, "the preview");
  await dialog.getByRole("button", { name: "Copy request" }).click();
  await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Preview the prompt" })).toBeFocused();
  await expect(chat.question).toHaveValue("Second [[tokens=3]]");

  await chat.send.click();
  await expect(chat.answers).toHaveCount(2);
  await chat.untilAnswered();
  const received = callsOf(model, await chat.chatId()).at(-1);
  expect(createHash("sha256").update(copied).digest("hex")).toBe(received?.digest);

  await chat.answers
    .last()
    .getByRole("button", { name: /^Details/ })
    .click();
  await page.getByRole("button", { name: "Show the prompt" }).click();
  const asked = page.getByRole("dialog", { name: "What was sent for this answer" });
  await expect(asked.getByRole("listitem")).toHaveCount(5);
  await asked.getByText("The request as it was sent").click();
  await expect(asked.getByLabel("The request as it was sent")).toHaveText(copied);
});

test("the tokens of each section are told before a question is sent and afterwards for its answer, an estimate as one", async ({
  page,
  person,
}) => {
  const prompt = { preSystemPrompt: "Rules for all.", systemPrompt: "Be brief, but not too brief." };
  await person.call(changeSettings, { body: { prompt: { ...prompt, postSystemPrompt: "Be kind." } } });
  const { id } = await person.call(createChat, { body: { model: "scripted/burst" } });
  await lend(person, page.context());
  await page.goto(`/chat/${id}`);
  const chat = chatPage(page);
  const question = "How many words are there? [[tokens=3]]";
  const estimates = [prompt.preSystemPrompt, prompt.systemPrompt, "Be kind.", question].map(
    (text) => `about ${estimateTokens(text)} tokens`,
  );
  await chat.question.fill(question);
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Preview the prompt" }).click();
  await expect(countsIn(dialog.getByRole("list"))).toHaveText(estimates);
  const total = countsIn(dialog).first();
  await expect(total).toHaveText(/^about \d+ tokens$/);
  const told = (await total.textContent()) ?? "";
  await expect(dialog).toContainText("Estimated: the tokenizer of scripted/burst is not known here.");
  await page.keyboard.press("Escape");
  await chat.send.click();
  await expect(chat.answers).toHaveCount(1);
  await chat.untilAnswered();

  await chat.answers.getByRole("button", { name: /^Details/ }).click();
  await page.getByRole("button", { name: "Show the prompt" }).click();
  await expect(countsIn(dialog.getByRole("list"))).toHaveText(estimates);
  await expect(total).toHaveText(told);
  await page.keyboard.press("Escape");

  await person.call(updateChat, { params: { chatId: id }, body: { model: "openai/gpt-5-mini" } });
  await page.reload();
  await chat.question.fill("The quick brown fox jumps over the lazy dog.");
  await page.getByRole("button", { name: "Preview the prompt" }).click();
  await expect(countsIn(dialog.getByRole("listitem").last())).toHaveText("10 tokens");
  await expect(dialog).toContainText("Counted with the model’s own tokenizer.");
});

test("what is written for the prompt and not saved is there again after another page", async ({
  page,
  person,
}) => {
  await lend(person, page.context());
  await page.goto("/settings/prompt");
  await page.getByRole("textbox", { name: "System prompt" }).fill("Half a rule");
  await page.getByRole("switch", { name: /^Sum up what is not sent/ }).press("Space");
  await page.getByRole("link", { name: "Profiles", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Who you are" })).toBeVisible();
  await page.getByRole("link", { name: "Prompt", exact: true }).click();
  await expect(page.getByRole("textbox", { name: "System prompt" })).toHaveValue("Half a rule");
  await expect(page.getByRole("switch", { name: /^Sum up what is not sent/ })).toBeChecked();
  await expect(page.getByText("Not saved yet")).toHaveCount(2);
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByText("Not saved yet")).toHaveCount(1);
  await page.reload();
  await expect(page.getByRole("textbox", { name: "System prompt" })).toHaveValue("Half a rule");
});

test("a chat that its model has no room for says from where on it is told, and leads to the settings", async ({
  page,
  person,
}) => {
  const chatId = createId();
  const long = "This is a rather long question about nothing in particular. ".repeat(40);
  for (let turn = 0; turn < 14; turn++) {
    const asked = ask(person, `Question ${turn}. ${long}`, { chatId, model: "scripted/eight-thousand" });
    await readStream((await asked).response);
  }
  await lend(person, page.context());
  await page.goto(`/chat/${chatId}`);
  const chat = chatPage(page);
  await expect(chat.answers).toHaveCount(14);
  const notice = page.getByRole("note");
  await expect(notice).toHaveText(/^\d+ earlier messages are not sent\./);
  const count = Number.parseInt((await notice.textContent()) ?? "", 10);
  expect(await notice.evaluate((element) => element.nextElementSibling?.textContent)).toContain(
    `Question ${count / 2}.`,
  );
  await expectNoBarriers(page, "a chat that is not told whole");
  await page.getByRole("button", { name: "Preview the prompt" }).click();
  await expect(page.getByRole("dialog").getByText(/\d+ earlier messages are not sent/)).toBeVisible();
  await page.keyboard.press("Escape");
  await notice.getByRole("link", { name: "Context settings" }).click();
  await expect(page).toHaveURL("/settings/prompt#context");
  await page.getByRole("switch", { name: /^Sum up what is not sent/ }).press("Space");
  await page.getByLabel("Tokens kept for the answer").fill("12");
  await expect(page.getByText("A number from 64 to 200,000, or nothing.")).toBeVisible();
  await page.getByLabel("Tokens kept for the answer").fill("500");
  await save(page);
});

test("a question without room keeps its words, and says what to do", async ({ page, person }) => {
  await lend(person, page.context());
  const chatId = createId();
  await readStream(
    (await ask(person, "Hello [[tokens=3]]", { chatId, model: "scripted/eight-thousand" })).response,
  );
  await page.goto(`/chat/${chatId}`);
  const chat = chatPage(page);
  await chat.question.fill("word ".repeat(20_000));
  await page.getByRole("button", { name: "Preview the prompt" }).click();
  await expect(page.getByText("This question has no room in the model’s context.")).toBeVisible();
  await page.keyboard.press("Escape");
  await chat.send.click();
  await expect(chat.alert).toContainText(
    /This question takes about [\d,]+ tokens, and the model has room for [\d,]+\./,
  );
});

test("the administrator sets what is said to every model, and nobody else sees the form", async ({
  ownApp,
  page,
  model,
}) => {
  const administrator = await signUp(ownApp.url);
  const other = await signUp(ownApp.url);
  await lend(administrator, page.context());
  await page.goto(`${ownApp.url}/settings/prompt`);
  const everybody = page.getByRole("region", { name: "For everybody" });
  await everybody.getByRole("textbox", { name: "Before everything" }).fill("House rules.");
  await everybody.getByRole("button", { name: "Save" }).click();
  await expect(everybody.getByText("Saved")).toBeVisible();
  const { response, chatId } = await ask(other, "Hello [[tokens=3]]");
  await readStream(response);
  expect(promptOf(callsOf(model, chatId).at(-1))[0]).toEqual({ role: "system", text: "House rules." });
  await page.context().clearCookies();
  await lend(other, page.context());
  await page.goto(`${ownApp.url}/settings/prompt`);
  await expect(page.getByRole("heading", { name: "Your prompt" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "For everybody" })).toBeHidden();
});

test("the settings of the prompt have no barriers", async ({ page, person }) => {
  await lend(person, page.context());
  await page.goto("/settings/prompt");
  await expect(page.getByRole("heading", { level: 2, name: "Prompt" })).toBeVisible();
  await expectNoBarriers(page, "the settings of the prompt");
});

function countsIn(part: Locator): Locator {
  return part.getByText(/^(about )?[\d,]+ tokens?$/);
}

async function save(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Save" });
  for (let index = 0; index < (await button.count()); index++) {
    const one = button.nth(index);
    if ((await one.getAttribute("aria-disabled")) === "false") await one.click();
  }
  await expect(page.getByText("Saved")).toBeVisible();
}
