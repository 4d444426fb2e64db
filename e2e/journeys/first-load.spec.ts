import { ask } from "@/e2e/ask";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { gzipBytes, scriptsOf } from "@/e2e/loaded-scripts";
import { lend } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { getChat, updateChat } from "@/lib/api/chats";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("the empty page and a chat with answers load at most 250 kB of compressed scripts", async ({
  page,
  person,
}, testInfo) => {
  const scripts = scriptsOf(page);
  const empty = await scripts.loadedBy(() => page.goto("/"));

  const { response, chatId } = await ask(person, "Tell me more [[text=answer]]");
  await readStream(response);
  const answered = await scripts.loadedBy(async () => {
    await page.goto(`/chat/${chatId}`);
    await expect(chatPage(page).answers.locator(".markdown > *").first()).toBeVisible();
  });

  for (const [name, loaded] of Object.entries({ empty, answered })) {
    await testInfo.attach(name, { body: JSON.stringify(loaded, null, 2), contentType: "application/json" });
    console.log(
      `first load, ${name}: ${(gzipBytes(loaded) / 1000).toFixed(1)} kB in ${loaded.length} scripts`,
    );
  }
  expect(gzipBytes(empty)).toBeLessThanOrEqual(250_000);
  expect(gzipBytes(answered)).toBeLessThanOrEqual(250_000);
});

test("a chat that is opened asks for nothing that came with its page, and hears of what comes after", async ({
  page,
  person,
}) => {
  const connection = page.getByRole("status", { name: "Connection" });
  const { response, chatId } = await ask(person, "Hello");
  await readStream(response);
  await page.goto(`/chat/${chatId}`);
  await expect(connection).toHaveText("Live");
  await expect.poll(async () => (await person.call(getChat, { params: { chatId } })).unread).toBe(false);

  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  // Until the new page is there the former one may still ask for what it has just heard of.
  page.on("framenavigated", () => asked.splice(0));
  await page.reload();
  await expect(connection).toHaveText("Live");
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  expect(asked.filter((request) => request.includes(" /api/"))).toEqual(["GET /api/events"]);
  await person.call(updateChat, { params: { chatId }, body: { title: "Named elsewhere" } });
  await expect(chatPage(page).chats.getByRole("link", { name: "Named elsewhere" })).toBeVisible();
});
