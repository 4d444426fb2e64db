import { expectNoBarriers } from "@/e2e/barriers";
import { expect, test } from "@/e2e/fixtures";
import { lend, signUp } from "@/e2e/person";

test("on a phone a key is entered, checked and removed, with room for a thumb", async ({ app, page }) => {
  await lend(await signUp(app.url), page.context());
  await page.goto("/settings/keys");
  const card = page.getByRole("region", { name: "OpenRouter", exact: true });
  const isWide = () => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  await expectNoBarriers(page, "keys on a phone");
  await card.getByRole("button", { name: "Paste a key" }).tap();
  await card.getByLabel("Key for OpenRouter").fill("sk-or-v1-of-a-phone-000000000000000000005678");
  expect(await isWide()).toBe(false);
  await card.getByRole("button", { name: "Check and save" }).tap();
  await expect(card).toContainText("sk-or-…5678");
  expect(await isWide()).toBe(false);
  await card.getByRole("button", { name: "Check", exact: true }).tap();
  await expect(page.getByText("The key works.", { exact: true })).toBeVisible();
  await card.getByRole("button", { name: "Remove" }).tap();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).tap();
  await expect(card).toContainText("Not connected");
});
