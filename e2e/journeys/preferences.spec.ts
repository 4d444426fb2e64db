import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("the side bar stays closed once it was closed", async ({ page }) => {
  await page.goto("/");
  const open = page.getByRole("button", { name: "Open side bar" });
  await expect(open).toBeHidden();
  await page.getByRole("button", { name: "Close side bar" }).click();
  await expect(open).toBeVisible();
  await page.reload();
  await expect(open).toBeVisible();
  await open.click();
  await expect(open).toBeHidden();
});

test("light and dark are as the system has them, until somebody chooses", async ({ page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/");
  const light = await background();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(background).not.toBe(light);

  await chatPage(page).account.click();
  await page.getByRole("menuitemradio", { name: "Light" }).click();
  await expect.poll(background).toBe(light);
  await page.reload();
  expect(await background()).toBe(light);
});
