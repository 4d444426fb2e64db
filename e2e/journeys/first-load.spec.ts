import { ask } from "@/e2e/ask";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { gzipBytes, scriptsOf } from "@/e2e/loaded-scripts";
import { lend } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";

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
