import { expect, type Page } from "@playwright/test";
import { ask } from "@/e2e/ask";
import { chatPage } from "@/e2e/chat-page";
import { createChats, markRead } from "@/e2e/created-chats";
import type { Person } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { setKey } from "@/lib/api/keys";
import { createProfile } from "@/lib/api/profiles";
import { changeSettings } from "@/lib/api/settings";
import { type UsageFigures, type UsageReport, usageReportSchema } from "@/lib/usage/usage-report";
import { cast, createCast } from "./cast";
import { type Scene, titles } from "./scene";

/** Views that are nothing without what people have put into them. */
export const filledScenes: readonly Scene[] = [
  {
    name: "usage",
    as: "account",
    async show(page, person) {
      await createChats(person, titles.slice(0, 3), "");
      for (const [question, model] of [
        ["Renting or buying", "anthropic/claude-opus-4.1"],
        ["How do tides work?", "openai/gpt-5-mini"],
      ] as const)
        await readStream((await ask(person, question, { model })).response);
      await markRead(person);
      await person.call(changeSettings, { body: { budget: { limitMicros: 20_000_000, period: "month" } } });
      await page.route("**/api/usage?*", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: overAMonth(usageReportSchema.parse(await response.json())) });
      });
      await page.goto("/settings/usage");
      await expect(page.getByRole("slider", { name: "Cost by day" }).first()).toBeVisible();
      await expect(page.getByRole("rowheader").first()).toBeVisible();
    },
  },
  {
    name: "gallery",
    as: "account",
    async show(page, person) {
      await createCast(page, person);
      await page.goto("/characters");
      await expect(page.getByRole("button", { name: /^Chat with / })).toHaveCount(cast.length);
    },
  },
  {
    name: "keys",
    as: "account",
    async show(page, person) {
      await person.call(setKey, {
        body: { provider: "openrouter", key: "sk-or-v1-aaaabbbbccccddddeeeeffff00009f2c" },
      });
      await page.goto("/settings/keys");
      await expect(page.getByText("sk-or-…9f2c")).toBeVisible();
    },
  },
  {
    name: "favourites",
    as: "account",
    async show(page, person) {
      const favourites = ["openai/gpt-5-mini", "anthropic/claude-opus-4.1"];
      await person.call(changeSettings, {
        body: { models: { favourites, recent: [], defaultModel: "openai/gpt-5-mini" } },
      });
      await page.goto("/settings/models");
      await expect(page.getByRole("list", { name: "Favourites" }).getByRole("listitem")).toHaveCount(2);
    },
  },
  {
    name: "profiles",
    as: "account",
    async show(page, person) {
      for (const [name, description] of [
        ["Ada", "Engineer in Graz, two children, prefers short answers and metric units."],
        ["Captain Vale", "Commands the last airship. Never admits to being lost."],
      ] as const)
        await person.call(createProfile, { body: { name, description } });
      await page.goto("/settings/profiles");
      await expect(page.getByText("Captain Vale").first()).toBeVisible();
    },
  },
  {
    name: "answer-details",
    as: "guest",
    async show(page, person) {
      await openAnswer(page, person, "How do tides work?", "openai/gpt-5-mini");
      await chatPage(page)
        .answers.getByRole("button", { name: /^Details: / })
        .click();
      await expect(page.getByRole("dialog", { name: "Details" }).getByText("Provider")).toBeVisible();
    },
  },
  {
    name: "tool-call",
    as: "guest",
    async show(page, person) {
      await openAnswer(page, person, "Do I need an umbrella in Oslo?");
      const call = chatPage(page).answers.getByRole("region", { name: "Tool call: get_weather" });
      await call.locator("summary").click();
      await expect(call.getByRole("figure", { name: "Input" })).toContainText("Oslo");
    },
  },
  {
    name: "refused-edit",
    as: "guest",
    async show(page, person) {
      await openAnswer(page, person, "Name three rivers");
      await page.route("/api/chat", (route) => route.fulfill({ status: 402, json: { error: limitReached } }));
      await chatPage(page).questions.hover();
      await page.getByRole("button", { name: "Edit", exact: true }).click();
      const form = page.getByRole("form", { name: "Edit question" });
      await form.getByRole("textbox").fill("Name three rivers that cross a border");
      await form.getByRole("button", { name: "Send" }).click();
      await expect(form.getByRole("alert")).toBeVisible();
    },
  },
];

async function openAnswer(page: Page, person: Person, question: string, model?: string): Promise<void> {
  const { response, chatId } = await ask(person, question, { model });
  await readStream(response);
  await page.goto(`/chat/${chatId}`);
  await chatPage(page).untilAnswered();
  await expect(page.getByRole("status", { name: "Connection" })).toHaveText("Live");
}

const limitReached = {
  type: "quota_exceeded",
  message: "Your limit for this month is reached. It begins anew on 1 December.",
  provider: null,
  retryable: false,
  retryAfterMs: null,
  requestId: "r7",
};

/** What was used at once, as if it had been used day by day, and more of it; a picture waits for no month. */
function overAMonth(report: UsageReport): UsageReport {
  return overDays({ ...report, total: muchMore(report.total), items: report.items.map(muchMore) });
}

function muchMore<Figures extends UsageFigures>(figures: Figures): Figures {
  return {
    ...figures,
    calls: figures.calls * 46,
    costMicros: figures.costMicros * 287,
    inputTokens: figures.inputTokens * 2_310,
    outputTokens: figures.outputTokens * 287,
  };
}

function overDays(report: UsageReport): UsageReport {
  const [used] = report.items;
  if (report.by !== "day" || !used) return report;
  const to = Date.parse(report.to);
  const items = waves.map((share, index) => ({
    ...used,
    key: new Date(to - (waves.length - 1 - index) * 86_400_000).toISOString().slice(0, 10),
    costMicros: Math.round(used.costMicros * share),
    calls: Math.ceil(used.calls * share),
  }));
  return { ...report, items: items.filter(({ calls, key }) => calls > 0 && key >= report.from) };
}

const shares = [2, 5, 1, 0, 0, 8, 14, 9, 3, 0, 6, 7, 11, 4, 0, 0, 5, 18, 12, 2, 9, 10];
const waves = shares.map((share) => share / shares.reduce((sum, other) => sum + other));
