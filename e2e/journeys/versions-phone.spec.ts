import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";

test("on a phone a question is edited by touch, Enter begins a line, and versions are turned", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await lend(person, page.context());
  await page.goto("/");
  await chat.askToTheEnd("Left [[say=left]]");
  await chat.questions.getByRole("button", { name: "Edit", exact: true }).tap();
  const field = page.getByRole("textbox", { name: "Edit question" });
  await field.fill("Right [[say=right]]");
  await field.press("Enter");
  await expect(field).toHaveValue("Right [[say=right]]\n");
  await page.getByRole("form", { name: "Edit question" }).getByRole("button", { name: "Send" }).tap();
  await expect(chat.answers).toContainText("right");
  await chat.untilAnswered();

  const former = chat.questions.getByRole("button", { name: "Previous version" });
  const box = await former.boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  await former.tap();
  await expect(chat.answers).toContainText("left");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectNoBarriers(page, "versions");

  await chat.ask("Long [[tokens=2000 interval=20]]");
  await expect(chat.answers.last()).toContainText("10.");
  await chat.questions.first().getByRole("button", { name: "Next version" }).tap();
  const why = page.getByText("Wait until the answer is written, or stop it first.");
  await expect(why).toBeVisible();
  expect(await why.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)).toBe(true);
  await chat.stop.tap();
});

test("on a phone a message's menu and an answer's details are reached by touch, and fit", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await lend(person, page.context());
  await page.goto("/");
  await chat.askToTheEnd("One [[say=1]]");
  await chat.answers.getByRole("button", { name: /^Details: / }).tap();
  const details = page.getByRole("dialog", { name: "Details" });
  await expect(details).toContainText("Tokens out");
  await expect(details).toBeInViewport({ ratio: 0.99 });
  await page.touchscreen.tap(200, 62);
  await expect(details).toBeHidden();
  await chat.questions.getByRole("button", { name: "More" }).tap();
  await page.getByRole("menuitem", { name: "Delete" }).tap();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).tap();
  await expect(chat.questions).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).tap();
  await expect(chat.answers).toContainText("1");
});
