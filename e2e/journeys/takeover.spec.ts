import { answerTo } from "@/e2e/ask";
import { chatPage, words } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend, signInAsGuest } from "@/e2e/person";

test("an answer whose server is killed goes on in the same place, without losing what was read", async ({
  ownApp,
  page,
}) => {
  const question = "Whatever happens [[tokens=150 interval=40]]";
  const chat = chatPage(page);
  const person = await signInAsGuest(ownApp.url);
  await lend(person, page.context());
  await page.goto(ownApp.url);
  await chat.ask(question);
  await expect(chat.answers).toContainText("20.");
  await page.evaluate(() => {
    const lengths: number[] = [];
    Object.assign(window, { lengths });
    const look = () => {
      lengths.push(document.querySelector("article .markdown")?.textContent?.length ?? 0);
      requestAnimationFrame(look);
    };
    look();
  });
  await ownApp.kill();
  await expect(page.getByRole("status", { name: "Connection" })).toHaveText("Reconnecting");
  await expect(chat.stop).toBeVisible();
  await ownApp.start();

  await expect(chat.answers.last()).toHaveAttribute("aria-busy", "false", { timeout: 40_000 });
  expect(await chat.answerText()).toBe(words(answerTo(question)));
  await expect(chat.answers).toHaveCount(1);
  await expect(chat.answers.getByText("Continued after an interruption")).toBeAttached();
  const lengths = await page.evaluate((): number[] => Reflect.get(window, "lengths"));
  const shrunk = lengths.filter((length, index) => length < (lengths[index - 1] ?? 0) - 60);
  expect(shrunk).toEqual([]);
});

test("a stopped answer is gone on with in the same message", async ({ page, person }) => {
  const question = "Stop and go on [[tokens=120 interval=40]]";
  const chat = chatPage(page);
  await lend(person, page.context());
  await page.goto("/");
  await chat.ask(question);
  await expect(chat.answers).toContainText("20.");
  await chat.stop.click();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(chat.answers).toContainText("120.");
  await chat.untilAnswered();
  await expect(chat.answers).toHaveCount(1);
  expect(await chat.answerText()).toBe(words(answerTo(question)));
});
