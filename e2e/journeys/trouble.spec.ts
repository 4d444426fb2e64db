import type { Page } from "@playwright/test";
import { ask } from "@/e2e/ask";
import { chatPage } from "@/e2e/chat-page";
import { createChats } from "@/e2e/created-chats";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { breakErrorPage, breakPage, fail } from "@/e2e/scenes/trouble";
import { createCharacter } from "@/lib/api/characters";
import { keepChats } from "@/lib/api/chats";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("an archive that could not be read is there after one press, and a keyboard keeps its place", async ({
  page,
  person,
}) => {
  const ids = await createChats(person, ["Tides"]);
  await person.call(keepChats, { body: { ids, archived: true } });
  await page.goto("/");
  await fail(page, /\/api\/chats\?/);
  await chatPage(page).chooseInSideBar("Archive");
  await expect(chatPage(page).list.getByRole("alert")).toHaveText("The list could not be loaded.");
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await pressAgain(page);
  await expect(chatPage(page).list.getByRole("link", { name: "Tides" })).toBeVisible();
  await expect(chatPage(page).filter).toBeFocused();
});

test("what was spent is told once it can be read, and nothing of another time in its place", async ({
  page,
  person,
}) => {
  await readStream((await ask(person, "Tides [[tokens=2]]")).response);
  await page.goto("/settings/usage");
  const row = page.getByRole("rowheader").first();
  await expect(row).toBeVisible();
  await fail(page, usage);
  await page.getByRole("radio", { name: "7 days" }).check();
  await expect(page.getByRole("main").getByRole("alert")).toHaveText("The figures could not be loaded.");
  await expect(row).toBeHidden();
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await Promise.all([untilAsked(page, usage), pressAgain(page)]);
  await expect(row).toBeVisible();
  await expect(page.getByRole("main")).toBeFocused();
});

test("models that could not be read are there after one press, and are searched at once", async ({
  page,
}) => {
  await page.goto("/");
  await fail(page, /\/api\/models(\?|$)/);
  await page.getByRole("button", { name: /^Model: / }).click();
  const picker = page.getByRole("dialog", { name: "Models" });
  await expect(picker.getByRole("alert")).toContainText("The models could not be loaded.");
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await picker.getByRole("button", { name: "Try again" }).press("Enter");
  await expect(picker.getByRole("listbox").getByRole("option").first()).toBeVisible();
  await expect(picker.getByRole("combobox", { name: "Search models" })).toBeFocused();
});

test("characters are not shown in the trash while that cannot be read", async ({ page, person }) => {
  const card = { spec: "chara_card_v2", spec_version: "2.0", data: { name: "Ada", ...noWords } };
  await person.call(createCharacter, { body: { card } });
  await page.goto("/characters");
  const chat = page.getByRole("button", { name: "Chat with Ada" });
  await expect(chat).toBeVisible();
  await fail(page, characters);
  await page.getByRole("button", { name: "Trash" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toHaveText("The characters could not be loaded.");
  await expect(chat).toBeHidden();
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await Promise.all([untilAsked(page, characters), pressAgain(page)]);
  await expect(page.getByText("Characters you delete stay here for 30 days.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Import" })).toBeFocused();
});

test("a page that the server could not draw is there after one press, and so is the way to the start", async ({
  page,
}) => {
  await breakPage(page, "/settings/usage");
  await page.goto("/settings/appearance");
  await page.getByRole("link", { name: "Usage" }).click();
  await expect(page.getByRole("heading", { name: "This page could not be shown" })).toBeVisible();
  await expect(page.getByText("For the logs: 2718281828")).toBeVisible();
  await pressAgain(page);
  await expect(page.getByRole("button", { name: "Try again" })).toBeEnabled();
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await pressAgain(page);
  await expect(page.getByRole("heading", { name: "Your limit" })).toBeVisible();
  await expect(page.getByRole("main")).toBeFocused();

  await breakPage(page, "/settings/data");
  await page.getByRole("link", { name: "Data" }).click();
  await page.getByRole("link", { name: "To the start page" }).click();
  await expect(chatPage(page).question).toBeFocused();
});

test("where nothing of a page is left, one press loads it anew", async ({ page }) => {
  await breakErrorPage(page);
  await breakPage(page, "/settings/usage");
  await page.goto("/settings/appearance");
  await page.getByRole("link", { name: "Usage" }).click();
  await expect(page.getByRole("heading", { name: "This page could not be shown" })).toBeVisible();
  await expect(page.getByRole("link")).toHaveCount(0);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await pressAgain(page);
  await expect(page.getByRole("heading", { name: "Your limit" })).toBeVisible();
});

const usage = /\/api\/usage\?/;
const characters = /\/api\/characters\?/;
const noWords = { description: "", personality: "", scenario: "", first_mes: "", mes_example: "" };

/** Because it was pressed: by itself the page asks again five seconds after a failure at the earliest. */
function untilAsked(page: Page, path: RegExp) {
  return page.waitForRequest(path, { timeout: 3_000 });
}

/** With the keyboard. */
async function pressAgain(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Try again" }).press("Enter");
}
