import type { Locator } from "@playwright/test";
import { chatPage } from "@/e2e/chat-page";
import { createChats } from "@/e2e/created-chats";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";

test("in no field the Enter that ends a composed word does more, and the Enter after it does", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await lend(person, page.context());
  const [, chatId] = await createChats(person, ["Tides", "Bread"]);
  const address = `/chat/${chatId}`;
  await page.goto(address);

  await chat.filter.fill("Tides");
  await endWord(chat.filter);
  await expect(page).toHaveURL(address);
  await expect(chat.chats.getByRole("link")).toHaveText(["Tides"]);
  await chat.filter.press("Escape");

  await chat.chats.getByRole("link", { name: "Bread" }).press("F2");
  const title = chat.chats.getByLabel("Title");
  await title.fill("パン");
  await endWord(title);
  await expect(title).toBeFocused();
  await title.press("Enter");
  await expect(chat.chats.getByRole("link", { name: "パン" })).toBeFocused();

  await page.keyboard.press("Control+K");
  const palette = page.getByRole("combobox", { name: "Search chats and commands" });
  await palette.fill("Tides");
  await endWord(palette);
  await expect(palette).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(address);

  const model = page.getByRole("button", { name: /^Model: / });
  const chosen = (await model.textContent()) ?? "";
  await model.click();
  const search = page.getByRole("combobox", { name: "Search models" });
  // Faster than the list, with the list, and with what that has highlighted.
  await search.fill("mini");
  await endWord(search);
  await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
  await endWord(search);
  await search.fill("llama");
  await expect(search).toHaveAttribute("aria-activedescendant", /./);
  await endWord(search);
  await expect(search).toBeFocused();
  await search.press("Escape");
  await expect(model).toHaveText(chosen);

  await chat.questions.hover();
  await chat.questions.getByRole("button", { name: "Edit", exact: true }).click();
  const editor = page.getByRole("textbox", { name: "Edit question" });
  await editor.fill("パンの耳 [[tokens=1]]");
  await endWord(editor);
  await expect(editor).toBeFocused();
  await editor.press("Enter");
  await expect(chat.questions).toHaveText(/パンの耳/);
});

/** As Safari tells of it: the word is there already, and only the code is left of its having been composed. */
async function endWord(field: Locator): Promise<void> {
  await field.evaluate((element) => {
    element.dispatchEvent(
      new KeyboardEvent("keydown", { bubbles: true, cancelable: true, key: "Enter", keyCode: 229 }),
    );
  });
}
