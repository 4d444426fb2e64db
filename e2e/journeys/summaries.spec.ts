import type { Page } from "@playwright/test";
import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage } from "@/e2e/chat-page";
import { callsOf, expect, promptOf, test, untilCall } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";
import { createSummarisedChat } from "@/e2e/summarised-chat";

const summary = "Ada asked about **tides**.\n\n<img src=x onerror=alert(1)>";

test("what is not sent is summed up in the chat; the summary is sent, put into other words, and sent like that", async ({
  page,
  person,
  model,
}) => {
  const chatId = await createSummarisedChat(person, { summary });
  await lend(person, page.context());
  await page.goto(`/chat/${chatId}`);
  const chat = chatPage(page);
  await expect(page.getByRole("note")).toHaveText(/^\d+ earlier messages are not sent\./);
  const item = summaryItem(page);
  await expect(item.title).toHaveText(
    /^Summary of \d+ earlier messages, written by Scripted: eight thousand$/,
  );
  await expect(item.all.getByText("tides")).toBeHidden();
  await item.title.press("Enter");
  await expect(item.all.locator("strong")).toHaveText("tides");
  await expect(item.all.getByText("<img src=x onerror=alert(1)>")).toBeVisible();
  await expect(item.all.getByText("The model is told this in their place")).toContainText(
    /The summaries of this chat have cost \$0\.0\d+/,
  );
  await expectNoBarriers(page, "a chat with a summary");

  await chat.askToTheEnd("And the moon? [[tokens=3]]");
  expect(promptOf(callsOf(model, chatId).at(-1))[0]).toEqual({
    role: "system",
    text: expect.stringContaining(summary),
  });

  const elsewhere = await page.context().newPage();
  await elsewhere.goto(`/chat/${chatId}`);
  await expect(summaryItem(elsewhere).title).toContainText("written by");
  const edit = item.all.getByRole("button", { name: "Edit" });
  await edit.press("Enter");
  const field = item.all.getByRole("textbox", { name: "Edit the summary" });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(summary);
  await field.fill("We spoke about the sea.");
  await item.all.getByRole("button", { name: "Save" }).click();
  await expect(item.title).toHaveText(/^Summary of \d+ earlier messages, in your own words$/);
  await expect(item.all.getByText("The summary is saved.")).toBeAttached();
  await expect(edit).toBeFocused();
  await expect(summaryItem(elsewhere).title).toContainText("in your own words");
  await elsewhere.close();

  await chat.askToTheEnd("And the sun? [[tokens=3]]");
  const told = promptOf(callsOf(model, chatId).at(-1))[0]?.text;
  expect(told).toContain("We spoke about the sea.");
  expect(told).not.toContain("tides");
});

test("own words are not lost unasked: written anew or forgotten only when that is confirmed", async ({
  page,
  person,
  model,
}) => {
  const chatId = await createSummarisedChat(person, { summary });
  await lend(person, page.context());
  await page.goto(`/chat/${chatId}`);
  const chat = chatPage(page);
  const item = summaryItem(page);
  await item.title.click();
  await item.all.getByRole("button", { name: "Edit" }).click();
  await item.all.getByRole("textbox").fill("My own words.");
  await item.all.getByRole("button", { name: "Save" }).click();
  await expect(item.title).toContainText("in your own words");

  const anew = item.all.getByRole("button", { name: "Write anew" });
  await anew.click();
  const dialog = page.getByRole("dialog", { name: "Write the summary anew?" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(anew).toBeFocused();
  await expect(item.all.getByText("My own words.")).toBeVisible();
  await anew.click();
  await dialog.getByRole("button", { name: "Write anew" }).click();
  await expect(item.title).toContainText("written by Scripted: eight thousand");
  await expect(item.all.locator("strong")).toHaveText("tides");

  await item.all.getByRole("button", { name: "Forget" }).click();
  await expect(item.all.getByText("There is no summary of them yet.")).toBeVisible();
  await expect(item.all.getByRole("button", { name: "Write it now" })).toBeFocused();
  await chat.ask("And the moon? [[tokens=3]]");
  const call = await untilCall(
    model,
    chatId,
    (one) => promptOf(one).at(-1)?.text.startsWith("And the moon?") ?? false,
  );
  expect(promptOf(call)[0]?.role).toBe("user");
  // It is made anew after the answer, and comes by itself.
  await expect(item.title).toContainText("written by Scripted: eight thousand");
});

test("what is typed of a summary stays, and takes the focus from nothing, when the model is told less of the chat", async ({
  page,
  person,
}) => {
  const chatId = await createSummarisedChat(person, { summary });
  await lend(person, page.context());
  await page.goto(`/chat/${chatId}`);
  const chat = chatPage(page);
  const item = summaryItem(page);
  await item.title.click();
  await item.all.getByRole("button", { name: "Edit" }).click();
  const field = item.all.getByRole("textbox", { name: "Edit the summary" });
  await field.fill("We spoke about the sea.");
  const before = await page.getByRole("note").textContent();
  await chat.askToTheEnd(`And the moon? ${"Words that take room. ".repeat(500)} [[tokens=3]]`);
  await expect(page.getByRole("note")).not.toHaveText(before ?? "");
  await expect(field).toHaveValue("We spoke about the sea.");
  await expect(field).not.toBeFocused();
  await item.all.getByRole("button", { name: "Save" }).click();
  await expect(field).toBeHidden();
});

test("a summary that is missing is written at once when that is wanted, and a failure says why", async ({
  page,
  person,
}) => {
  const chatId = await createSummarisedChat(person, { summary });
  await lend(person, page.context());
  await page.goto(`/chat/${chatId}`);
  const item = summaryItem(page);
  await item.title.click();
  await item.all.getByRole("button", { name: "Forget" }).click();
  await page.route("**/summary", (route) => route.abort(), { times: 1 });
  const now = item.all.getByRole("button", { name: "Write it now" });
  await now.click();
  await expect(item.all.getByRole("alert")).toBeVisible();
  await now.click();
  await expect(item.title).toContainText("written by Scripted: eight thousand");
  await expect(item.all.getByRole("alert")).toBeHidden();
});

function summaryItem(page: Page) {
  const all = page.getByRole("region", { name: "Summary of what is not sent" });
  return { all, title: all.locator("summary") };
}
