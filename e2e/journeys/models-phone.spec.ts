import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage } from "@/e2e/chat-page";
import { callsOf, expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";
import { smallTargets } from "@/e2e/touch-targets";
import { getSettings } from "@/lib/api/settings";

test("on a phone the models are a sheet: a star is pressed without choosing, one is searched and answers", async ({
  model,
  page,
  person,
}) => {
  const chat = chatPage(page);
  const button = page.getByRole("button", { name: /^Model: / });
  const sheet = page.getByRole("dialog", { name: "Models" });
  await lend(person, page.context());
  await page.goto("/");
  await button.tap();
  await expect(sheet).toBeVisible();
  await expect.poll(async () => (await sheet.boundingBox())?.width).toBe(390);
  await page
    .getByRole("option", { name: /Claude Opus/ })
    .locator("[data-star]")
    .tap();
  await expect(sheet).toBeVisible();
  await expect
    .poll(async () => (await person.call(getSettings)).models.favourites)
    .toEqual(["anthropic/claude-opus-4.1"]);

  await page.getByRole("button", { name: "Sees pictures" }).tap();
  await expect(page.getByRole("listbox").getByRole("option")).toHaveCount(3);
  expect(await smallTargets(page)).toEqual([]);
  await expectNoBarriers(page, "the models on a phone");
  await page.getByRole("button", { name: "Sees pictures" }).tap();
  await page.getByRole("combobox", { name: "Search models" }).fill("echo");
  await page.getByRole("option", { name: /scripted\/echo/ }).tap();
  await expect(sheet).toBeHidden();
  await expect(button).toHaveAccessibleName("Model: Scripted: echo");
  await chat.askToTheEnd("Repeat after me");
  expect(await chat.answerText()).toBe("Repeat after me");
  expect(callsOf(model, await chat.chatId()).map((call) => call.model)).toEqual(["scripted/echo"]);
});
