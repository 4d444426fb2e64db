import { answerTo } from "@/e2e/ask";
import { chatPage, words } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";
import { createChat } from "@/lib/api/chats";

test("an answer that its length limit has cut says so, live and after a reload, and goes on when asked to", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await lend(person, page.context());
  const { id } = await person.call(createChat, { body: { model: "openai/gpt-5-mini" } });
  await page.goto(`/chat/${id}`);
  await chat.askToTheEnd("Cut me [[tokens=30 finish=length]]");
  const notice = chat.answers.getByText("Cut off at its length limit");
  await expect(notice).toBeVisible();
  await page.reload();
  await expect(notice).toBeVisible();
  const beginning = words(answerTo("[[tokens=30]]"));
  expect(await chat.answerText()).toBe(beginning);

  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(notice).toBeHidden();
  await expect.poll(async () => (await chat.answerText()).length).toBeGreaterThan(beginning.length);
  await chat.untilAnswered();
  await expect(notice).toBeHidden();
  await expect(chat.answers).toHaveCount(1);
  expect((await chat.answerText()).startsWith(beginning)).toBe(true);
  await page.reload();
  await expect(chat.answers).toBeVisible();
  await expect(notice).toBeHidden();
});

test("an answer that a filter has ended says so, live and after a reload, and is not gone on with", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await lend(person, page.context());
  await page.goto("/");
  await chat.askToTheEnd("Filter me [[tokens=30 finish=content_filter]]");
  const notice = chat.answers.getByText("Stopped by the provider’s filter");
  await expect(notice).toBeVisible();
  await page.reload();
  await expect(notice).toBeVisible();
  await expect(page.getByRole("button", { name: "Continue", exact: true })).toHaveCount(0);
});
