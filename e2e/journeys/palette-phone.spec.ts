import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage } from "@/e2e/chat-page";
import { createChats } from "@/e2e/created-chats";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";

test("on a phone the palette is opened from the side bar, finds a chat, runs a command and is closed", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await createChats(person, ["The zebra crossing", "Another chat"]);
  await lend(person, page.context());
  await page.goto("/");
  const drawer = page.getByRole("dialog", { name: "Side bar" });
  const palette = page.getByRole("dialog", { name: "Command palette" });
  const openPalette = async () => {
    await page.getByRole("button", { name: "Open side bar" }).tap();
    await drawer.getByRole("button", { name: "Search and commands" }).tap();
    await expect(drawer).toHaveCount(0);
  };
  await openPalette();
  await palette.getByRole("combobox").fill("zebra");
  await expectNoBarriers(page, "the palette on a phone");
  await palette.getByRole("option", { name: "The zebra crossing" }).tap();
  await expect(chat.questions).toHaveText(/The zebra crossing/);

  await openPalette();
  await palette.getByRole("combobox").fill("archive");
  await palette.getByRole("option", { name: "Archive this chat" }).tap();
  await expect(page.getByText("Chat archived")).toBeVisible();

  await openPalette();
  await palette.getByRole("button", { name: "Close" }).tap();
  await expect(palette).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Open side bar" })).toBeFocused();
});
