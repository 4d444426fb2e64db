import { readFile } from "node:fs/promises";
import { ask } from "@/e2e/ask";
import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend, signUp } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { getInstallation } from "@/lib/api/settings";

const priced = "openai/gpt-5-mini";

test("a limit stops a question, says when it renews, and raised lets it through", { tag: "@phone" }, async ({
  app,
  page,
}) => {
  const person = await signUp(app.url);
  await lend(person, page.context());
  const { response, chatId } = await ask(person, "Hello [[tokens=5]]", { model: priced });
  await readStream(response);
  await page.goto("/settings/usage");
  const limit = page.getByRole("region", { name: "Your limit" });
  await limit.getByLabel("US dollars").fill("0.0005");
  await limit.getByRole("radio", { name: "week" }).check();
  await limit.getByRole("button", { name: "Save" }).click();
  await expect(limit.getByText("Saved")).toBeVisible();

  const chat = chatPage(page);
  await page.goto(`/chat/${chatId}`);
  await chat.ask("Would this be too dear? [[tokens=5]]");
  await expect(chat.alert).toContainText(
    /your own limit of \$0\.0005 a week: \$0\.000\d+ is left\. It renews on /,
  );
  await expect(chat.questions.last()).toContainText("Would this be too dear?");
  await chat.problem.getByRole("link", { name: "Open settings" }).click();

  await expect(page.getByText(/of \$0\.0005 is spent/)).toBeVisible();
  await limit.getByLabel("US dollars").fill("5");
  await limit.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/of \$5\.00 is spent/)).toBeVisible();
  await page.getByRole("link", { name: "Close settings" }).click();
  await chat.problem.getByRole("button", { name: "Try again" }).click();
  await expect(chat.answers).toHaveCount(2);
  await chat.untilAnswered();
});

test("what was spent is shown by day, model, chat and key, and can be taken along", {
  tag: "@phone",
}, async ({ app, page }) => {
  const person = await signUp(app.url);
  await lend(person, page.context());
  await page.goto("/settings/usage");
  const spent = page.getByRole("region", { name: "What you have spent" });
  await expect(spent.getByText("Nothing was used in this time.")).toBeVisible();
  const first = await ask(person, "About tides [[tokens=500]]", { model: priced });
  await readStream(first.response);
  await readStream(
    (await ask(person, "And again [[tokens=20]]", { chatId: first.chatId, model: "scripted/burst" }))
      .response,
  );
  await person.request("PATCH", `/api/chats/${first.chatId}`, { body: { title: "Tides" } });

  await page.reload();
  const table = spent.getByRole("table").last();
  await expect(table.getByRole("row")).toHaveCount(3);
  await expect(table.getByRole("rowheader").first()).toContainText(priced);
  await spent.getByRole("radio", { name: "Chat" }).check();
  await expect(table.getByRole("link", { name: "Tides" })).toHaveAttribute("href", `/chat/${first.chatId}`);
  await spent.getByRole("radio", { name: "Key" }).check();
  await expect(table.getByRole("rowheader")).toContainText("This Parley’s key for openrouter");

  const chart = spent.getByRole("slider", { name: "Cost by day" });
  await chart.focus();
  await page.keyboard.press("End");
  await expect(chart).toHaveAttribute("aria-valuetext", /: \$0\.00\d+, [2-4] calls$/);
  await page.keyboard.press("ArrowLeft");
  await expect(chart).toHaveAttribute("aria-valuetext", /: \$0\.00, 0 calls$/);
  await spent.getByText("As a table").click();
  await expect(spent.getByRole("table").first().getByRole("row")).toHaveCount(2);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    spent.getByRole("link", { name: "Download as CSV" }).click(),
  ]);
  const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  expect(lines).toEqual([
    expect.stringMatching(/^key,name,provider,payer,cost_usd,/),
    expect.stringMatching(/^installation\/openrouter,,openrouter,installation,0\.00/),
  ]);
  await expectNoBarriers(page, "the usage page");
});

test("what a question costs is told while it is written, and a chat's sum in its menu", async ({
  app,
  page,
}) => {
  const person = await signUp(app.url);
  await lend(person, page.context());
  const { response, chatId } = await ask(person, "Hello [[tokens=500]]", { model: priced });
  await readStream(response);
  const chat = chatPage(page);
  await page.goto(`/chat/${chatId}`);
  await chat.question.fill("And what of this?");
  await expect(
    page.getByText(/The question costs about \$0\.00\d+, with a usual answer \$0\.00\d+/),
  ).toBeAttached();
  await page.getByRole("heading", { level: 1 }).getByRole("button").click();
  await expect(page.getByText(/^Cost so far: \$0\.00\d+$/)).toBeVisible();
  await page.keyboard.press("Escape");

  await person.request("PATCH", "/api/settings", { body: { budget: { limitMicros: 1_100, period: "day" } } });
  await chat.question.fill("And what of this, now that nothing is left to pay for it?");
  await expect(page.getByRole("link", { name: /this would not be sent/ })).toBeVisible();
});

test("a stopped answer says that its cost is estimated, and what it was once the provider has told", async ({
  app,
  page,
}) => {
  test.slow();
  const person = await signUp(app.url);
  await lend(person, page.context());
  const chat = chatPage(page);
  await page.goto("/");
  await person.request("PATCH", "/api/settings", { body: { models: { defaultModel: priced } } });
  await page.reload();
  await chat.ask("A long story [[tokens=2000 interval=20]]");
  await expect(chat.answers.last()).toContainText(/\w+ \w+ \w+/);
  await chat.stop.click();
  await chat.untilAnswered();
  await chat.answers
    .last()
    .getByRole("button", { name: /^Details: / })
    .click();
  const details = page.getByRole("dialog", { name: "Details" });
  await expect(details).toContainText(/about \$0\.00/);
  await expect(details).toContainText("Estimated: the provider has not told");
  // It changes before the eyes of whoever has it open.
  await expect(details).not.toContainText("about", { timeout: 60_000 });
  await expect(details).toContainText(/Cost\$0\.00/);
});

test("the administrator states what the models of the OpenAI key cost", async ({ ownApp, page }) => {
  const root = await signUp(ownApp.url);
  await lend(root, page.context());
  await page.goto(`${ownApp.url}/settings/models`);
  const prices = page.getByRole("region", { name: "Prices and context at OpenAI" });
  await prices.getByLabel("Prices").fill("gpt-5 cheap");
  await prices.getByRole("button", { name: "Save" }).click();
  await expect(prices.getByText("Write a model and two prices on each line")).toBeVisible();
  await prices.getByLabel("Prices").fill("gpt-5 1.25 10\n* 3 15");
  await prices.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Prices and context saved.")).toBeVisible();
  await page.reload();
  await expect(prices.getByLabel("Prices")).toHaveValue("gpt-5 1.25 10\n* 3 15");
  await expectNoBarriers(page, "the page of models");
});

test("the administrator sees who spends what with this Parley’s keys, and limits it", async ({
  ownApp,
  page,
}) => {
  const root = await signUp(ownApp.url);
  const member = await signUp(ownApp.url);
  await readStream((await ask(member, "Hello [[tokens=50]]", { model: priced })).response);
  await lend(root, page.context());
  await page.goto(`${ownApp.url}/settings/usage`);
  const everybody = page.getByRole("region", { name: "Everybody on this Parley" });
  await expect(everybody.getByRole("table").last().getByRole("rowheader")).toContainText("Ada");
  const limit = page.getByRole("region", { name: "Limit for each person" });
  await limit.getByLabel("US dollars").fill("nothing");
  await limit.getByRole("button", { name: "Save" }).click();
  await expect(limit.getByText("Write an amount such as 5 or 2.50.")).toBeVisible();
  await limit.getByLabel("US dollars").fill("0");
  await limit.getByRole("button", { name: "Save" }).click();
  await expect(limit.getByText("Saved")).toBeVisible();
  await everybody.getByRole("radio", { name: "Key" }).check();
  await expect(everybody.getByRole("table").last().getByRole("rowheader")).toContainText(
    "The environment’s key for openrouter",
  );
  const guests = page.getByRole("region", { name: "Limit for all guests together" });
  await expect(guests.getByText("Empty for ten times the limit for each person.")).toBeVisible();
  await guests.getByLabel("US dollars").fill("12.50");
  await guests.getByRole("radio", { name: "day" }).check();
  await guests.getByRole("button", { name: "Save" }).click();
  await expect(guests.getByText("Saved")).toBeVisible();
  expect(await root.call(getInstallation)).toMatchObject({
    guestsBudget: { limitMicros: 12_500_000, period: "day" },
  });
  const { response } = await ask(member, "Hello", { model: priced });
  expect(response.status).toBe(402);
  await lend(member, page.context());
  await page.goto(`${ownApp.url}/settings/usage`);
  await expect(page.getByRole("region", { name: "What this Parley allows you" })).toContainText(
    "$0.00 is left until",
  );
});
