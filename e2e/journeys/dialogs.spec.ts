import { chatPage } from "@/e2e/chat-page";
import { createChats } from "@/e2e/created-chats";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";

test("a text that is selected to beyond a dialog's edge keeps it open, and a press beside it closes it", async ({
  page,
  person,
}) => {
  await lend(person, page.context());
  const [chatId] = await createChats(person, ["Low tide"]);
  await page.goto(`/chat/${chatId}`);
  await page.getByRole("main").getByRole("button", { name: "Options for Low tide" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  const title = page.getByRole("dialog").getByRole("textbox", { name: "Title" });
  await title.fill("Low tide at night");
  const box = await title.boundingBox();
  const level = (box?.y ?? 0) + 10;
  await page.mouse.move((box?.x ?? 0) + 60, level);
  await page.mouse.down();
  await page.mouse.move((box?.x ?? 0) - 200, level, { steps: 4 });
  await page.mouse.up();
  await expect(title).toHaveValue("Low tide at night");
  await expect(title).toBeFocused();
  await page.mouse.click((box?.x ?? 0) - 200, level);
  await expect(title).toHaveCount(0);
  await expect(chatPage(page).question).toBeVisible();
});
