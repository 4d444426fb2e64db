import type { Page } from "@playwright/test";
import { createAppServer } from "@/e2e/app-server";
import { answerTo, messagesOf } from "@/e2e/ask";
import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage, words } from "@/e2e/chat-page";
import { callsOf, expect, test } from "@/e2e/fixtures";
import { lend, signInAsGuest } from "@/e2e/person";
import { getSettings } from "@/lib/api/settings";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("a model is searched, chosen, answers, and stays the chat's own", async ({ model, page, person }) => {
  const chat = chatPage(page);
  const picker = pickerOf(page);
  await page.goto("/");
  await picker.button.click();
  await picker.search.fill("echo");
  await picker.list.getByRole("option", { name: /scripted\/echo/ }).click();
  await expect(picker.button).toHaveAccessibleName(/echo/i);
  await chat.askToTheEnd("Repeat after me");
  expect(await chat.answerText()).toBe("Repeat after me");
  expect(callsOf(model, await chat.chatId()).map((call) => call.model)).toEqual(["scripted/echo"]);

  await page.reload();
  await expect(picker.button).toHaveAccessibleName(/echo/i);
  await picker.button.click();
  await expect(picker.list.getByRole("option").first()).toBeVisible();
  await picker.search.fill("hundred-words");
  await page.keyboard.press("Enter");
  await expect(picker.button).toHaveAccessibleName(/hundred/i);
  await chat.askToTheEnd("And now? [[tokens=6]]");
  expect(await chat.answerText()).toBe(words(answerTo("[[tokens=6]]")));
  const messages = await messagesOf(person, await chat.chatId());
  expect(messages.map((message) => message.model)).toEqual([
    null,
    "scripted/echo",
    null,
    "scripted/hundred-words",
  ]);
});

test("by keyboard alone a model is found, starred, made the default and chosen", async ({ page, person }) => {
  const picker = pickerOf(page);
  await page.goto("/");
  await picker.button.focus();
  await page.keyboard.press("ArrowDown");
  await expect(picker.search).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("combobox", { name: "Order" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Free", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(picker.list.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await picker.search.focus();

  await page.keyboard.type("gpt");
  const gpt = picker.list.getByRole("option", { name: /GPT-5 Mini/ });
  await expect(gpt).toHaveAttribute("data-highlighted", "");
  await page.keyboard.press("ControlOrMeta+d");
  await expect(
    page.getByRole("button", { name: /^Favourite OpenAI: GPT-5 Mini/, pressed: true }),
  ).toBeVisible();
  await page.getByRole("button", { name: "Use for new chats" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("OpenAI: GPT-5 Mini answers in new chats.")).toBeVisible();
  await picker.search.focus();
  await page.keyboard.press("Enter");
  await expect(picker.button).toHaveAccessibleName("Model: OpenAI: GPT-5 Mini");
  await expect
    .poll(async () => (await person.call(getSettings)).models)
    .toEqual({
      defaultModel: "openai/gpt-5-mini",
      favourites: ["openai/gpt-5-mini"],
      recent: ["openai/gpt-5-mini"],
    });

  await page.reload();
  await expect(picker.button).toHaveAccessibleName("Model: OpenAI: GPT-5 Mini");
  await picker.button.press("Enter");
  await expect(page.getByRole("group", { name: "Favourites" }).getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(picker.search).toBeHidden();
  await expect(picker.button).toBeFocused();
});

test("the arrows, Home and End go through a list that is drawn as far as somebody goes", async ({ page }) => {
  const picker = pickerOf(page);
  await page.goto("/");
  await picker.button.click();
  await expect(picker.list.getByRole("option").first()).toBeVisible();
  const highlighted = page.locator("[role=option][data-highlighted]");
  await page.keyboard.press("ArrowDown");
  const first = (await highlighted.textContent()) ?? "";
  await page.keyboard.press("ArrowDown");
  expect(await highlighted.textContent()).not.toBe(first);
  await page.keyboard.press("Home");
  await expect(highlighted).toHaveText(first);
  await page.keyboard.press("End");
  await expect(highlighted).not.toHaveText(first);
  await expect(picker.list.getByRole("option").last()).toHaveAttribute("data-highlighted", "");
});

test("filters are told, combine, and are taken back", async ({ page }) => {
  const picker = pickerOf(page);
  await page.goto("/");
  await picker.button.click();
  await page.getByRole("button", { name: "Sees pictures" }).click();
  await expect(picker.list.getByRole("option")).toHaveCount(3);
  const large = page.getByRole("button", { name: "128k context" });
  await large.click();
  await expect(large).toHaveAttribute("aria-pressed", "true");
  await expect(picker.list.getByRole("option")).toHaveText([/GPT-5 Mini.*400k/, /Claude Opus 4\.1.*200k/]);
  await large.click();
  await expect(picker.list.getByRole("option")).toHaveCount(3);
  await page.getByRole("button", { name: "Calls tools" }).click();
  await expect(picker.list.getByRole("option")).toHaveCount(2);
  await page.getByRole("combobox", { name: "Order" }).selectOption("Cheapest");
  await expect(picker.list.getByRole("option").first()).toHaveAccessibleName(/GPT-5 Mini.*sees pictures/);
  await page.getByRole("button", { name: "Free", exact: true }).click();
  await expect(page.getByText("No model fits. Remove a filter.")).toBeVisible();
  await expectNoBarriers(page, "the models");
});

test("a model that is chosen for one message answers that one", async ({ model, page }) => {
  const chat = chatPage(page);
  const picker = pickerOf(page);
  await page.goto("/");
  await chat.askToTheEnd("Begin [[tokens=3]]");
  await picker.button.click();
  await picker.search.fill("echo");
  await expect(picker.list.getByRole("option")).toHaveAttribute("data-highlighted", "");
  await page.keyboard.press("Shift+Enter");
  await expect(
    page.getByRole("button", { name: "Model for the next message: Scripted: echo" }),
  ).toBeVisible();
  await chat.askToTheEnd("Only you");
  expect(await chat.answerText()).toBe("Only you");
  await expect(picker.button).toHaveAccessibleName("Model: Scripted: burst");
  await chat.askToTheEnd("And on [[tokens=3]]");
  expect(callsOf(model, await chat.chatId()).map((call) => call.model)).toEqual([
    "scripted/burst",
    "scripted/echo",
    "scripted/burst",
  ]);
});

test("what a chat asks of its model is set once, sent from then on, and checked before", {
  tag: "@phone",
}, async ({ model, page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  const open = page.getByRole("button", { name: "Settings of this chat" });
  const dialog = page.getByRole("dialog", { name: "Settings of this chat" });
  await open.click();
  await dialog.getByLabel("Temperature").fill("3");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Must be between 0 and 2.")).toBeVisible();
  await dialog.getByLabel("Temperature").fill("0.3");
  await dialog.getByLabel("Prefer providers by").selectOption("Price");
  await expectNoBarriers(page, "the settings of a chat");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await chat.askToTheEnd("Cool [[tokens=3]]");

  await page.reload();
  await open.click();
  await expect(dialog.getByLabel("Temperature")).toHaveValue("0.3");
  await dialog.getByLabel("Seed").fill("7");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await chat.askToTheEnd("Again [[tokens=3]]");
  const bodies = callsOf(model, await chat.chatId()).map(({ body }) => body);
  expect(bodies).toMatchObject([
    { temperature: 0.3, provider: { sort: "price" } },
    { temperature: 0.3, seed: 7, provider: { sort: "price" } },
  ]);
});

test("what is chosen for a new chat is still chosen after a reload, goes with its first question, and not with the next chat's", async ({
  model,
  page,
}) => {
  const chat = chatPage(page);
  const picker = pickerOf(page);
  await page.goto("/");
  await picker.button.click();
  await picker.search.fill("echo");
  await page.getByRole("option", { name: /^Scripted: echo/ }).click();
  const open = page.getByRole("button", { name: "Settings of this chat" });
  const dialog = page.getByRole("dialog", { name: "Settings of this chat" });
  await open.click();
  await dialog.getByLabel("Temperature").fill("0.4");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();

  await page.reload();
  await expect(picker.button).toHaveText("Scripted: echo");
  await open.click();
  await expect(dialog.getByLabel("Temperature")).toHaveValue("0.4");
  await page.keyboard.press("Escape");
  await chat.askToTheEnd("As chosen");
  const calls = callsOf(model, await chat.chatId());
  expect(calls).toMatchObject([{ model: "scripted/echo", body: { temperature: 0.4 } }]);

  await page.goto("/");
  await expect(picker.button).toHaveText("Scripted: burst");
  await open.click();
  await expect(dialog.getByLabel("Temperature")).toHaveValue("");
});

test("a search without a match says so", async ({ page }) => {
  const picker = pickerOf(page);
  await page.goto("/");
  await picker.button.click();
  await picker.search.fill("no such thing");
  await expect(page.getByText("No model has this name.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("No model has this name.")).toBeHidden();
});

test("where the only provider cannot be reached and no default is set, the page is there and says so", async ({
  page,
}) => {
  const app = await createAppServer({ OPENAI_BASE_URL: "http://127.0.0.1:9/v1" });
  try {
    await app.start();
    await lend(await signInAsGuest(app.url), page.context());
    await page.goto(app.url);
    await expect(page.getByText("The models of 127.0.0.1:9 could not be read.")).toBeVisible();
    const chat = chatPage(page);
    // Nobody asked for the assistant: the question waits for a model, or for who names another.
    await chat.ask("What can you help me with?");
    await expect(chat.questions.getByRole("group", { name: "Problem" })).toContainText(
      "The model is not available at the moment.",
    );
    await page.getByRole("button", { name: "Use another model" }).click();
    await pickerOf(page)
      .list.getByRole("option", { name: /Offline assistant/ })
      .click();
    await expect(chat.answers).toContainText("I am the offline assistant.");
  } finally {
    await app.dispose();
  }
});

function pickerOf(page: Page) {
  return {
    button: page.getByRole("button", { name: /^Model: / }),
    search: page.getByRole("combobox", { name: "Search models" }),
    list: page.getByRole("listbox"),
  };
}
