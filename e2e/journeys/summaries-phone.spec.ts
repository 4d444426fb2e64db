import { expectNoBarriers } from "@/e2e/barriers";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";
import { createSummarisedChat } from "@/e2e/summarised-chat";
import { smallTargets } from "@/e2e/touch-targets";

test("on a phone a summary is opened, read and changed by touch, and fits", async ({ page, person }) => {
  const summary = `Ada asked about tides, and about ${"a_long_word_".repeat(20)}.`;
  const chatId = await createSummarisedChat(person, { summary });
  await lend(person, page.context());
  await page.goto(`/chat/${chatId}`);
  const item = page.getByRole("region", { name: "Summary of what is not sent" });
  await item.locator("summary").tap();
  await expect(item.getByText("Ada asked about tides")).toBeVisible();
  expect(await smallTargets(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectNoBarriers(page, "a summary on a phone");
  await item.getByRole("button", { name: "Edit" }).tap();
  await item.getByRole("textbox", { name: "Edit the summary" }).fill("We spoke about the sea.");
  expect(await smallTargets(page)).toEqual([]);
  await item.getByRole("button", { name: "Save" }).tap();
  await expect(item.getByText("We spoke about the sea.")).toBeVisible();
  await expect(item.locator("summary")).toContainText("in your own words");
});
