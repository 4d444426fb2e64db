import { z } from "zod";
import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";

test.use({ serviceWorkers: "allow" });

test("Parley can be installed: a manifest, icons of the sizes it names, a colour for the bars", async ({
  page,
  request,
}) => {
  await page.goto("/sign-in");
  const href = await page.locator('link[rel="manifest"]').getAttribute("href");
  const manifest = manifestSchema.parse(await (await request.get(href ?? "")).json());
  expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(["192x192", "512x512", "512x512"]);
  for (const { src, sizes } of manifest.icons) {
    const icon = await (await request.get(src)).body();
    expect(`${icon.readUInt32BE(16)}x${icon.readUInt32BE(20)}`).toBe(sizes);
  }
  await expect(page.locator('meta[name="theme-color"]')).toHaveCount(2);
  await expect(page.locator('link[rel="apple-touch-icon"]')).toHaveCount(1);
});

test("offline it opens to its shell, which keeps a question for later and has nothing of anybody", {
  tag: "@phone",
}, async ({ context, page, person }) => {
  const chat = chatPage(page);
  await lend(person, context);
  await page.goto("/");
  await chat.askToTheEnd("A secret question [[say=secret-answer]]");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Parley cannot be reached" })).toBeVisible();
  await expectNoBarriers(page, "the shell");
  await page.getByRole("textbox", { name: "A question for later" }).fill("What I thought of on the train");
  const kept = await page.evaluate(async () => {
    const texts: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        texts.push(request.url, (await (await cache.match(request))?.text()) ?? "");
      }
    }
    return texts;
  });
  expect(kept).toHaveLength(2);
  expect(kept.join()).not.toMatch(/secret/);

  await context.setOffline(false);
  await expect(chat.questions).toHaveText(/A secret question/);
  await page.goto("/");
  await expect(chat.question).toHaveValue("What I thought of on the train");
});

test("offline nothing is kept for somebody whose session had ended before", async ({
  context,
  page,
  person,
}) => {
  await lend(person, context);
  await page.goto("/");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await context.clearCookies();
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeEnabled();
  await expect.poll(() => page.evaluate(() => localStorage.getItem("parley.person"))).toBeNull();
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Parley cannot be reached" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "A question for later" })).toBeHidden();
  await context.setOffline(false);
});

test("with the shell kept, answers stream as before, and signing out leads to signing in", async ({
  context,
  page,
  person,
}) => {
  const chat = chatPage(page);
  await lend(person, context);
  await page.goto("/");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  await chat.ask("Word by word [[tokens=200 interval=20]]");
  await expect(chat.answers).toContainText("10.");
  await expect(chat.stop).toBeVisible();
  await chat.untilAnswered();
  await chat.account.click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Leave" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
});

const manifestSchema = z.object({
  display: z.literal("standalone"),
  start_url: z.literal("/"),
  icons: z.array(z.object({ src: z.string(), sizes: z.string() })),
});
