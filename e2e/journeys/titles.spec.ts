import { chatPage } from "@/e2e/chat-page";
import { expect, test, titleCallsOf } from "@/e2e/fixtures";
import { lend, signUp } from "@/e2e/person";
import type { RecordedRequest } from "@/e2e/scripted-model/journal";

test("a title that the model is late with does not take the place of the person's own, on no page", async ({
  app,
  context,
  model,
  page,
}) => {
  const account = await signUp(app.url);
  await context.clearCookies();
  await lend(account, context);
  const other = await context.newPage();
  await other.goto("/");
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("Why is the sea salty? [[say='Salt in the sea' hold=4000]]");
  const chatId = await chat.chatId();

  // Opened while the answer is held back, so that only Enter is left to be pressed while the title is.
  await chat.choose("Why is the sea salty?", "Rename");
  await chat.chats.getByLabel("Title").fill("Brine");
  const isForTitle = ({ id }: RecordedRequest) => titleCallsOf(model, chatId).some((call) => call.id === id);
  await model.until(isForTitle, 15_000);
  const saved = page.waitForResponse((response) => response.request().method() === "PATCH");
  await chat.chats.getByLabel("Title").press("Enter");
  await saved;
  expect(titleCallsOf(model, chatId)).toMatchObject([{ state: "waiting" }]);
  for (const each of [page, other])
    await expect(chatPage(each).chats.getByRole("link")).toHaveText(["Brine"]);

  await model.until((call) => isForTitle(call) && call.state === "completed", 15_000);
  await chat.untilAnswered();
  await chat.askToTheEnd("And lakes? [[say=Lakes]]");
  for (const each of [page, other])
    await expect(chatPage(each).chats.getByRole("link")).toHaveText(["Brine"]);
  await expect(page).toHaveTitle(/^Brine/);
  expect(titleCallsOf(model, chatId)).toHaveLength(1);
});
