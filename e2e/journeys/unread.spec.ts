import type { Page } from "@playwright/test";
import { ask } from "@/e2e/ask";
import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage } from "@/e2e/chat-page";
import { createChats, markRead } from "@/e2e/created-chats";
import { expect, test } from "@/e2e/fixtures";
import { lend, type Person } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { keepChats, listChats } from "@/lib/api/chats";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("a new answer is marked on every device until somebody has looked", { tag: "@phone" }, async ({
  app,
  browser,
  page,
  person,
}) => {
  const here = chatPage(page);
  const [, chatId] = await createChats(person, ["Another", "News"]);
  await markRead(person);
  const device = await browser.newContext({ baseURL: app.url });
  await lend(person, device);
  const elsewhere = await device.newPage();
  await Promise.all([page.goto("/"), elsewhere.goto("/")]);
  const there = chatPage(elsewhere);
  await expect(page).toHaveTitle("Parley");
  await here.openSideBar();
  await there.openSideBar();

  const asked = await ask(person, "More [[tokens=30 interval=50]]", { chatId });
  await expect(here.chats.getByText("Answering:")).toBeAttached();
  await expect(there.chats.getByText("Answering:")).toBeAttached();
  await readStream(asked.response);
  for (const [list, tab] of [[here, page] as const, [there, elsewhere] as const]) {
    await expect(list.chats.getByText("Answering:")).toHaveCount(0);
    await expect(list.chats.getByRole("link", { name: "News" })).toHaveAccessibleDescription("New answer");
    await expect(tab).toHaveTitle("(1) Parley");
    await expect.poll(() => iconOf(tab)).toMatch(/^data:image/);
  }
  await expectNoBarriers(page, "a new answer");
  await there.chats.getByRole("link", { name: "News" }).click();
  await expect(here.chats.getByRole("link", { name: "News" })).toHaveAccessibleDescription("");
  await expect(page).toHaveTitle("Parley");
  await expect.poll(() => iconOf(page)).not.toMatch(/^data:image/);

  await here.choose("Another", "Mark as unread");
  await there.openSideBar();
  await expect(there.chats.getByRole("link", { name: "Another" })).toHaveAccessibleDescription("New answer");
  await device.close();
});

test("an answer that ends before the person's eyes is not new", async ({ page, person }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Seen [[tokens=5]]");
  await expect.poll(async () => (await person.call(listChats)).items[0]?.unread).toBe(false);
  await expect(page).toHaveTitle(/^Seen/);
});

test("who leaves a chat in the moment its answer ends finds no mark on it", async ({
  context,
  page,
  person,
}) => {
  const chat = chatPage(page);
  await createChats(person, ["Elsewhere"]);
  await page.goto("/");
  // Whatever the page asks after the end comes back too late for those who look.
  const late = Promise.withResolvers<void>();
  await context.route(/\/api\/chats\/[\w-]+$/, async (route) => {
    if (route.request().method() === "GET") await late.promise;
    await route.continue();
  });
  await chat.askToTheEnd("Read to its end [[tokens=5]]");
  await chat.chats.getByRole("link", { name: "Elsewhere" }).click();
  await expect(chat.questions).toHaveText(/Elsewhere/);
  late.resolve();
  await expect.poll(() => unreadOf(person)).toEqual([]);
  await expect(chat.chats.getByRole("link", { name: /^Read to its end/ })).toHaveAccessibleDescription("");
  await expect(page).toHaveTitle(/^Elsewhere/);
});

test("who leaves between the last word and the end has read it, and who leaves before has not", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await createChats(person, ["Elsewhere"]);
  for (const [question, words, unread] of [
    ["All of it [[say=Whole end-delay=1500]]", "Whole", []],
    ["A part [[tokens=60 interval=40]]", "30.", ["A part [[tokens=60 interval=40]]"]],
  ] as const) {
    await page.goto("/");
    await chat.ask(question);
    await expect(chat.answers).toContainText(words);
    await chat.chats.getByRole("link", { name: "Elsewhere" }).click();
    await expect(chat.questions).toHaveText(/Elsewhere/);
    await expect(chat.chats.getByText("Answering:")).toHaveCount(0);
    await expect.poll(() => unreadOf(person)).toEqual(unread);
  }
});

test("chats with new answers are counted where they are not loaded, too, and everywhere at once", async ({
  context,
  page,
  person,
}) => {
  const chat = chatPage(page);
  const [far] = await createChats(person, ["Far down"]);
  const names = Array.from({ length: 31 }, (_, index) => `Chat ${index + 1}`);
  await createChats(person, names);
  await person.call(keepChats, { body: { ids: [far], unread: true } });
  await context.route(/\/api\/chats\?/, (route) => route.abort());
  await page.goto("/");
  await expect(page).toHaveTitle("(1) Parley");
  await expect(chat.chats.getByRole("link", { name: "Far down" })).toHaveCount(0);
  await chat.choose("Chat 31", "Mark as unread");
  await expect(page).toHaveTitle("(2) Parley");
  await page.goto(`/chat/${far}`);
  await expect(page).toHaveTitle("(1) Far down · Parley");
  await person.call(keepChats, { body: { ids: [far], deleted: true } });
  const { items } = await person.call(listChats);
  await person.call(keepChats, { body: { ids: items.map(({ id }) => id), unread: false } });
  await expect(page).toHaveTitle("Far down · Parley");
});

async function unreadOf(person: Person): Promise<(string | null)[]> {
  const { items } = await person.call(listChats);
  return items.filter(({ unread }) => unread).map(({ title }) => title);
}

function iconOf(page: Page): Promise<string> {
  return page
    .locator('link[rel="icon"]')
    .first()
    .evaluate((link) => (link instanceof HTMLLinkElement ? link.href : ""));
}
