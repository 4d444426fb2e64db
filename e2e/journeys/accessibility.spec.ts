import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";

test("nothing keeps people from signing in", async ({ page }) => {
  await page.goto("/sign-in");
  await expectNoBarriers(page, "signing in");
  await page.getByRole("button", { name: "Create one" }).click();
  await expectNoBarriers(page, "creating an account");
  await page.getByRole("button", { name: "Sign in instead" }).click();
  await page.getByLabel("E-mail").fill("nobody@example.org");
  await page.getByLabel("Password").fill("wrong password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(chatPage(page).alert).toBeVisible();
  await expectNoBarriers(page, "a wrong password");
});

test("nothing keeps people from finding back", async ({ page, person }) => {
  await lend(person, page.context());
  await page.goto("/chat/nowhere");
  await expectNoBarriers(page, "a chat that is not there");
  await page.goto("/nowhere");
  await expectNoBarriers(page, "a page that is not there");
});

test("nothing keeps people from a conversation", async ({ page, person }) => {
  const chat = chatPage(page);
  await lend(person, page.context());
  await page.goto("/");
  await expect(page.getByRole("list", { name: "Examples" })).toBeVisible();
  await expectNoBarriers(page, "an empty chat");
  await chat.ask("Wait [[tokens=10 delay=600000]]");
  await expect(chat.answers.getByText("Thinking…")).toBeVisible();
  await expectNoBarriers(page, "waiting for an answer");
  await chat.stop.click();
  await chat.askToTheEnd("Show [[reasoning=10 text=markdown]]");
  await chat.answers.last().locator("summary").click();
  await chat.ask("Fail [[error=503]]");
  await expect(chat.alert).toBeVisible();
  await expectNoBarriers(page, "a conversation");
});

test("nothing keeps people from menus and dialogs", async ({ page, person }) => {
  const chat = chatPage(page);
  await lend(person, page.context());
  await page.goto("/");
  await chat.askToTheEnd("Menus [[tokens=3]]");
  await page.getByRole("button", { name: /^Model: / }).click();
  await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
  await expectNoBarriers(page, "the models");
  await page.keyboard.press("Escape");
  await chat.account.click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectNoBarriers(page, "the account's menu");
  await page.keyboard.press("Escape");
  await chat.choose("Menus [[tokens=3]]", "Rename");
  await expect(chat.chats.getByLabel("Title")).toBeFocused();
  await expectNoBarriers(page, "renaming");
  await page.keyboard.press("Escape");
  await chat.choose("Menus [[tokens=3]]", "Delete");
  await expect(page.getByText("Chat deleted")).toBeVisible();
  await expectNoBarriers(page, "a chat deleted");
});

test("from the question to the end of its answer all can be done with the keyboard", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await lend(person, page.context());
  await page.goto("/");
  await expect(chat.question).toBeFocused();
  await page.keyboard.type("By keyboard [[tokens=2000 interval=20]]");
  await page.keyboard.press("Enter");
  await expect(chat.answers).toContainText("20.");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: /^Model: / })).toBeFocused();
  await expect(chat.answers).toContainText("50.");
  await expect(page.getByRole("button", { name: /^Model: / })).toBeFocused();
  for (const name of ["Settings of this chat", "Preview the prompt"]) {
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name, exact: true })).toBeFocused();
  }
  await page.keyboard.press("Tab");
  await expect(chat.stop).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(chat.answers.getByText("Stopped")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "The answer was stopped." })).toHaveCount(1);
});
