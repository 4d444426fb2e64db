import type { BrowserContext } from "@playwright/test";
import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage } from "@/e2e/chat-page";
import { createChats } from "@/e2e/created-chats";
import { expect, test } from "@/e2e/fixtures";
import { lend, signUp } from "@/e2e/person";
import { keepChats, listChats } from "@/lib/api/chats";
import type { Chat } from "@/lib/chats/chat";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("a filter narrows the list at once, says when nothing is left, and is cleared by Escape", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await createChats(person, ["Tides of the sea", "Bread", "Low tide"]);
  await page.goto("/");
  await chat.filter.fill("TIDE");
  await expect(chat.chats.getByRole("link")).toHaveText(["Low tide", "Tides of the sea"]);
  await expect(page.getByText("2 chats")).toBeAttached();
  await chat.filter.fill("tidal");
  await expect(chat.chats.getByText("No chat has “tidal” in its title.")).toBeVisible();
  await expectNoBarriers(page, "a filter that leaves nothing");
  await chat.filter.press("Escape");
  await expect(chat.chats.getByRole("link")).toHaveCount(3);
  await chat.filter.fill("bread");
  await chat.filter.press("Enter");
  await expect(chat.questions).toHaveText(/Bread/);
});

test("a chat is archived, found in the archive, and had back", { tag: "@phone" }, async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  const [chatId] = await createChats(person, ["Keep me", "Put me away"]);
  await page.goto(`/chat/${chatId}`);
  await chat.choose("Put me away", "Archive");
  await expect(chat.chats.getByRole("link")).toHaveText(["Keep me"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(chat.chats.getByRole("link")).toHaveText(["Put me away", "Keep me"]);

  await chat.choose("Put me away", "Archive");
  await chat.chooseInSideBar("Archive");
  await expect(chat.list.getByRole("link")).toHaveText(["Put me away"]);
  await expectNoBarriers(page, "the archive");
  await chat.list.getByRole("link", { name: "Put me away" }).click();
  await expect(page.getByText("This chat is archived.")).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "Unarchive" }).click();
  await chat.openSideBar();
  await expect(chat.list.getByText("Chats you archive are kept here")).toBeVisible();
  await page.getByRole("button", { name: "Back to the chats" }).click();
  await expect(chat.chats.getByRole("link")).toHaveText(["Put me away", "Keep me"]);
});

test("what is in the trash is restored, deleted for good, or emptied after a question", {
  tag: "@phone",
}, async ({ page, person }) => {
  const chat = chatPage(page);
  const ids = await createChats(person, ["One", "Two", "Three", "Four"]);
  await person.call(keepChats, { body: { ids, deleted: true } });
  await page.goto("/");
  await chat.chooseInSideBar("Trash");
  await expect(chat.list.getByRole("link")).toHaveCount(4);
  await expectNoBarriers(page, "the trash");
  await chat.choose("One", "Restore");
  await expect(chat.list.getByRole("link", { name: "One" })).toHaveCount(0);
  await chat.choose("Two", "Delete for good");
  await page.getByRole("dialog").getByRole("button", { name: "Delete for good" }).click();
  await expect(chat.list.getByRole("link")).toHaveCount(2);
  await chat.chooseInSideBar("Empty trash");
  const dialog = page.getByRole("dialog", { name: "Empty the trash?" });
  await expectNoBarriers(page, "the question before the trash is emptied");
  await dialog.getByRole("button", { name: "Empty trash" }).click();
  await expect(chat.list.getByText("Chats you delete stay here for 30 days.")).toBeVisible();
  await expect
    .poll(async () => (await person.call(listChats, { query: { deleted: true } })).items)
    .toEqual([]);
  await page.getByRole("button", { name: "Back to the chats" }).click();
  await expect(chat.chats.getByRole("link")).toHaveText(["One"]);
});

test("deleting a chat stops what is being written in it", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("Endless [[tokens=5000 interval=20]]");
  await expect(chat.answers).toContainText("10.");
  await chat.choose("Endless [[tokens=5000 interval=20]]", "Delete");
  await expect(page).toHaveURL("/");
  await chat.chooseInSideBar("Trash");
  await chat.list.getByRole("link", { name: /^Endless/ }).click();
  await expect(page.getByText("This chat is in the trash.")).toBeVisible();
  await expect(chat.answers.getByText("Stopped")).toBeVisible();
});

test("a title is changed in its place by double click, and Escape leaves it", async ({ page, person }) => {
  const chat = chatPage(page);
  await createChats(person, ["First name"]);
  await page.goto("/");
  await chat.chats.getByRole("link", { name: "First name" }).dblclick();
  const field = chat.chats.getByLabel("Title");
  await expect(field).toBeFocused();
  // The first of the two clicks opened the chat, whose page comes when it can, and does not take the focus from here.
  await expect(chat.answers).toHaveCount(1);
  await expect(field).toBeFocused();
  await field.fill("Not this");
  await field.press("Escape");
  await expect(chat.chats.getByRole("link", { name: "First name" })).toBeFocused();
  await page.keyboard.press("F2");
  await field.fill("Second name");
  await field.press("Enter");
  await expect(chat.chats.getByRole("link", { name: "Second name" })).toBeFocused();
  await page.reload();
  await expect(chat.chats.getByRole("link")).toHaveText(["Second name"]);
});

test("the list is gone through by keyboard, and the focus is never lost", async ({ page, person }) => {
  const chat = chatPage(page);
  await createChats(person, ["Four", "Three", "Two", "One"]);
  await page.goto("/");
  const row = (name: string) => chat.chats.getByRole("link", { name, exact: true });
  await chat.filter.focus();
  await page.keyboard.press("ArrowDown");
  await expect(row("One")).toBeFocused();
  await page.keyboard.press("End");
  await expect(row("Four")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Delete");
  await expect(row("Four")).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(row("Two")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(chat.chats.getByRole("button", { name: "Options for Two" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Home");
  await page.keyboard.type("tw");
  await expect(chat.filter).toHaveValue("tw");
  await expect(chat.filter).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(chat.questions).toHaveText(/Two/);
  await row("Two").focus();
  await page.keyboard.press("Delete");
  await expect(chat.filter).toBeFocused();
});

test("many chats are selected and deleted at once, and had back at once", async ({ page, person }) => {
  const chat = chatPage(page);
  await createChats(person, ["Five", "Four", "Three", "Two", "One"]);
  await page.goto("/");
  await chat.chooseInSideBar("Select chats");
  const box = (name: string) => chat.chats.getByRole("checkbox", { name });
  await expect(box("One")).toBeFocused();
  await page.keyboard.press("Space");
  await box("Three").click({ modifiers: ["Shift"] });
  await expect(page.getByText("3 selected")).toBeVisible();
  await expectNoBarriers(page, "selecting");
  const bar = page.getByRole("toolbar", { name: "Selected chats" });
  await bar.getByRole("button", { name: "Delete" }).click();
  await expect(chat.chats.getByRole("link")).toHaveText(["Four", "Five"]);
  await expect(page.getByText("3 chats deleted")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(chat.chats.getByRole("link")).toHaveText(["One", "Two", "Three", "Four", "Five"]);

  await chat.chooseInSideBar("Select chats");
  await bar.getByRole("button", { name: "Select all that are shown" }).click();
  await bar.getByRole("button", { name: "Archive" }).click();
  await expect(chat.chats.getByText("Your chats will be listed here.")).toBeVisible();
  await expect
    .poll(async () => (await person.call(listChats, { query: { archived: true } })).items.length)
    .toBe(5);
});

test("many chats of the trash are restored at once, and deleted for good at once after a question", {
  tag: "@phone",
}, async ({ page, person }) => {
  const chat = chatPage(page);
  const ids = await createChats(person, ["Five", "Four", "Three", "Two", "One"]);
  await person.call(keepChats, { body: { ids, deleted: true } });
  const trashed = async () =>
    (await person.call(listChats, { query: { deleted: true } })).items.map(({ title }) => title);
  await page.goto("/");
  await chat.chooseInSideBar("Trash");
  await chat.chooseInSideBar("Select chats");
  const box = (name: string) => chat.list.getByRole("checkbox", { name });
  const bar = page.getByRole("toolbar", { name: "Selected chats" });
  await box("One").click();
  await box("Three").click();
  await bar.getByRole("button", { name: "Restore" }).click();
  await expect(page.getByText("2 chats restored")).toBeVisible();
  await expect(chat.list.getByRole("link")).toHaveCount(3);

  await chat.chooseInSideBar("Select chats");
  await box("Two").click();
  await box("Five").click();
  const purge = bar.getByRole("button", { name: "Delete for good" });
  const dialog = page.getByRole("dialog", { name: "Delete 2 chats for good?" });
  await purge.click();
  await expectNoBarriers(page, "the question before several chats are deleted for good");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("2 selected")).toBeVisible();
  await purge.click();
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await expect(chat.list.getByRole("link")).toHaveText(["Four"]);
  await expect.poll(trashed).toEqual(["Four"]);
  await page.getByRole("button", { name: "Back to the chats" }).click();
  await expect(chat.chats.getByRole("link")).toHaveText(["One", "Three"]);
});

test("a chat that is pinned stands above all others until it is unpinned", { tag: "@phone" }, async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await createChats(person, ["Three", "Two", "One"]);
  await page.goto("/");
  await chat.choose("Three", "Pin");
  const pinned = chat.chats.getByRole("region", { name: "Pinned" });
  await expect(pinned.getByRole("link")).toHaveText(["Three"]);
  await expect(chat.chats.getByRole("link")).toHaveText(["Three", "One", "Two"]);
  await chat.choose("Three", "Unpin");
  await expect(pinned).toHaveCount(0);
  await expect(chat.chats.getByRole("link")).toHaveText(["One", "Two", "Three"]);
  await expect
    .poll(async () => (await person.call(listChats, { query: {} })).items.filter((each) => each.pinned))
    .toEqual([]);
});

test("the model's title comes by itself, and what the person writes stays", async ({
  app,
  context,
  page,
}) => {
  const account = await signUp(app.url);
  await context.clearCookies();
  await lend(account, context);
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Why is the sea salty? [[say='Salt in the sea']]");
  await expect(chat.chats.getByRole("link", { name: "Salt in the sea" })).toBeVisible();
  await expect(page).toHaveTitle(/^Salt in the sea/);
  await chat.choose("Salt in the sea", "Rename");
  await chat.chats.getByLabel("Title").fill("Brine");
  await chat.chats.getByLabel("Title").press("Enter");
  await chat.askToTheEnd("And lakes? [[say=Lakes]]");
  await expect(chat.chats.getByRole("link")).toHaveText(["Brine"]);
});

test("of ten thousand chats those in sight are drawn, and each can be reached", async ({ context, page }) => {
  test.slow();
  const chat = chatPage(page);
  await serveManyChats(context, 10_000);
  await page.goto("/");
  await chat.chooseInSideBar("Archive");
  const row = (name: string) => chat.list.getByRole("link", { name, exact: true });
  await row("Chat 1").focus();
  await expect(async () => {
    await page.keyboard.press("End");
    await expect(row("Chat 10000")).toBeFocused({ timeout: 100 });
  }).toPass({ intervals: [50], timeout: 90_000 });
  expect(await chat.list.getByRole("listitem").count()).toBeLessThan(150);
  await page.keyboard.press("ArrowUp");
  await expect(row("Chat 9999")).toBeFocused();
  await page.keyboard.press("Home");
  await expect(row("Chat 1")).toBeFocused();
  await page.keyboard.type("chat 777");
  await expect(row("Chat 7777")).toBeVisible();
  await expect(chat.list.getByRole("link")).toHaveCount(11);
});

/** An archive that the server does not have, read page by page. */
async function serveManyChats(context: BrowserContext, count: number): Promise<void> {
  const start = Date.parse("2026-01-31T12:00:00Z");
  const chats = Array.from({ length: count }, (_, index): Chat => {
    const at = new Date(start - index * 3_600_000).toISOString();
    return {
      ...{ id: `many-${index}`, title: `Chat ${index + 1}`, model: null, pinned: false, archived: true },
      ...{
        settings: {},
        unread: false,
        deletedAt: null,
        leafMessageId: null,
        characterId: null,
        profileId: null,
      },
      ...{ createdAt: at, updatedAt: at, activeGeneration: null },
    };
  });
  await context.route(/\/api\/chats\?.*archived=true/, async (route) => {
    const query = new URL(route.request().url()).searchParams;
    const found = chats.filter(({ title }) => title?.toLowerCase().includes(query.get("q") ?? ""));
    const from = Number(query.get("cursor") ?? 0);
    const to = from + Number(query.get("limit"));
    const nextCursor = to < found.length ? String(to) : null;
    await route.fulfill({ json: { items: found.slice(from, to), nextCursor } });
  });
}
