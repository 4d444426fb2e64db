import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";

test("on a phone calls, images and sources fit, and are reached by touch", async ({ page, person }) => {
  const chat = chatPage(page);
  await lend(person, page.context());
  await page.goto("/");
  const long = "word_".repeat(30);
  await chat.askToTheEnd(`Look [[tool=${long} args='{"${long}":"${long.repeat(4)}"}']]`);
  const summary = chat.answers.last().locator("summary");
  expect((await summary.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await summary.tap();
  await expect(chat.answers.last().getByRole("figure", { name: "Input" })).toBeVisible();

  await chat.askToTheEnd(
    `Draw [[say="Here." image image-size=600 source="https://example.com/" title="${"A long title ".repeat(9)}"]]`,
  );
  const source = chat.answers.last().getByRole("region", { name: "Sources" }).getByRole("link");
  expect((await source.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectNoBarriers(page, "calls, images and sources on a phone");

  await chat.answers
    .last()
    .getByRole("button", { name: /^Enlarge: / })
    .tap();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("img")).toBeInViewport({ ratio: 0.99 });
  const close = dialog.getByRole("button", { name: "Close" });
  const box = await close.boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  await close.tap();
  await expect(dialog).toBeHidden();
});
