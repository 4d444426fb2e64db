import type { Locator, Page } from "@playwright/test";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend, signUp } from "@/e2e/person";

test("everything that is done with a chat is done with Tab, Enter and the arrows alone", async ({
  app,
  page,
}) => {
  test.slow();
  const chat = chatPage(page);
  await lend(await signUp(app.url), page.context());
  await page.goto("/");
  await expect(chat.question).toBeFocused();

  await page.keyboard.type("Count [[tokens=2000 interval=20]]");
  await page.keyboard.press("Enter");
  await expect(chat.answers).toContainText("20.");
  await enter(page, chat.stop);
  await expect(chat.answers.getByText("Stopped")).toBeVisible();
  await expect(chat.question).toBeFocused();
  await enter(page, chat.answers.getByRole("button", { name: "Continue" }));
  await expect(chat.stop).toBeVisible();
  await expect(chat.question).toBeFocused();
  await enter(page, chat.stop);
  await expect(chat.answers.getByText("Stopped")).toBeVisible();

  await enter(page, chat.questions.getByRole("button", { name: "Edit", exact: true }));
  await expect(page.getByRole("textbox", { name: "Edit question" })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("Count less [[tokens=3]]");
  await page.keyboard.press("Enter");
  await chat.untilAnswered();
  await expect(chat.questions).toHaveText(/Count less/);
  await expect(chat.question).toBeFocused();

  const versions = chat.questions.getByRole("group", { name: "Versions" });
  await enter(page, versions.getByRole("button", { name: "Previous version" }));
  await expect(versions).toHaveText(/1 of 2/);
  await page.keyboard.press("ArrowRight");
  await expect(versions).toHaveText(/2 of 2/);

  await enter(page, chat.answers.getByRole("button", { name: "Answer again", exact: true }));
  await expect(chat.answers.getByText("2 of 2")).toBeVisible();
  await expect(chat.question).toBeFocused();
  await expect(chat.question).toHaveValue("");
  await chat.untilAnswered();

  const more = chat.answers.getByRole("button", { name: "More", exact: true });
  await enter(page, more);
  await choose(page, "Delete");
  await enter(page, page.getByRole("dialog").getByRole("button", { name: "Delete" }));
  await enter(page, page.getByRole("button", { name: "Undo" }));
  await expect(chat.answers).toHaveCount(1);
  await expect(page.locator("body")).not.toBeFocused();

  const original = page.url();
  await enter(page, more);
  await choose(page, "Branch from here");
  await expect(page).not.toHaveURL(original);
  await expect(chat.questions).toHaveText(/Count less/);

  const options = page.getByRole("main").getByRole("button", { name: /^Options for / });
  await enter(page, options);
  await choose(page, "Rename");
  await expect(page.getByRole("dialog").getByRole("textbox")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("By hand");
  await page.keyboard.press("Enter");
  await expect(page).toHaveTitle(/^By hand/);

  await enter(page, options);
  await choose(page, "Archive");
  await enter(page, page.getByRole("main").getByRole("button", { name: "Unarchive" }));
  await expect(page.getByText("This chat is archived.")).toHaveCount(0);

  await enter(page, options);
  await choose(page, "Delete");
  await expect(page).toHaveURL("/");
  await enter(page, page.getByRole("button", { name: "More lists and actions" }));
  await choose(page, "Trash");
  await enter(page, chat.list.getByRole("link", { name: "By hand" }));
  await enter(page, page.getByRole("region", { name: "Trash" }).getByRole("button", { name: "Restore" }));
  await expect(chat.question).toBeFocused();

  await enter(page, chat.account);
  await choose(page, "Settings");
  await expect(page.getByRole("heading", { level: 2, name: "Account" })).toBeVisible();
  await enter(page, page.getByRole("link", { name: "Close settings" }));
  await expect(chat.questions).toHaveText(/Count less/);
  await enter(page, chat.account);
  await choose(page, "Sign out");
  await expect(page).toHaveURL(/\/sign-in/);
});

/** Tab as often as it takes, and Enter. */
async function enter(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const isFocused = () => target.evaluate((element) => element === document.activeElement);
  for (let step = 0; step < 80 && !(await isFocused()); step += 1) await page.keyboard.press("Tab");
  await expect(target).toBeFocused();
  await page.keyboard.press("Enter");
}

/** With the arrows, in the menu that is open. */
async function choose(page: Page, name: string): Promise<void> {
  const item = page.getByRole("menuitem", { name, exact: true });
  await expect(item).toBeVisible();
  const isFocused = () => item.evaluate((element) => element === document.activeElement);
  for (let step = 0; step < 20 && !(await isFocused()); step += 1) await page.keyboard.press("ArrowDown");
  await expect(item).toBeFocused();
  await page.keyboard.press("Enter");
}
