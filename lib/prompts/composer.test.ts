import { expect, test } from "vitest";
import type { Branch } from "@/lib/chats/chat-store";
import type { ModelSettings } from "@/lib/models/settings";
import { installationSettingsSchema, personSettingsSchema } from "@/lib/settings/settings";
import type { CastReader } from "./cast";
import { createPromptComposer, type PromptRequest, promptMessages, requireRoom } from "./composer";
import { historyEntries } from "./history";
import type { PromptCharacter } from "./prompt-character";
import { rebuildPrompt } from "./rebuild";
import { digestOf, promptRecipeSchema } from "./recipe";
import { createTokenCounter, type TokenCount } from "./token-counter";

const character: PromptCharacter = {
  id: "c",
  name: "Ada",
  description: "A pilot.",
  personality: "",
  scenario: "",
  exampleDialogue: "",
  systemPrompt: "",
  postSystemPrompt: "",
  lore: { beforeDescription: [], afterDescription: [], atDepth: [] },
};

test("the prompt is the sections, the conversation, and the post prompt before the newest question", async () => {
  const prompt = {
    preSystemPrompt: "Pre.",
    systemPrompt: "For {{user}} on {{date}}.",
    postSystemPrompt: "Post.",
  };
  const { compose } = composer({ person: { prompt }, character });
  const { messages, leftOut, excess } = await compose(request(conversation(2)));
  expect(messages.map(({ role, text, part }) => [role, text, part])).toEqual([
    ["system", "Pre.\n---\nFor User on November 20, 2026.\n---\nA pilot.", "sections"],
    ["user", "Question 0", "history"],
    ["assistant", "Answer 0", "history"],
    ["system", "Post.", "post"],
    ["user", "Question 1", "history"],
  ]);
  expect([leftOut, excess]).toEqual([null, null]);
});

test("with nothing set the prompt is the conversation, to the byte", async () => {
  const { messages } = await composer({}).compose(request(conversation(2)));
  expect(promptMessages({ messages })).toEqual([
    { role: "user", text: "Question 0" },
    { role: "assistant", text: "Answer 0" },
    { role: "user", text: "Question 1" },
  ]);
});

test("who speaks is asked for with the chat's own character and profile, and what was said", async () => {
  const asked: Parameters<CastReader["castOf"]>[] = [];
  const profile = { id: "p", name: "Bob", description: "{{user}} reads." };
  const { compose } = composer({
    async castOf(...args) {
      asked.push(args);
      return { character, profile, lore: null };
    },
  });
  const chat = { id: "chat", characterId: "c", profileId: "p" };
  const { messages } = await compose({ ...request(conversation(1)), chat });
  expect(asked).toEqual([
    [
      { userId: "ada", characterId: "c", profileId: "p" },
      { chatId: "chat", messages: [{ role: "user", text: "Question 0" }] },
    ],
  ]);
  expect(messages[0]?.text).toBe("A pilot.\n---\nBob reads.");
});

test("of a long conversation the newest turns are told, and it is said how many messages are not", async () => {
  const { compose } = composer({ contextLength: 1_000 });
  const path = conversation(100);
  const { messages, leftOut, recipe } = await compose(request(path));
  const [first] = messages;
  expect(first).toMatchObject({ role: "user", messageId: leftOut?.firstMessageId });
  expect(messages.at(-1)?.text).toBe("Question 99");
  expect(path[leftOut?.messages ?? 0]?.id).toBe(leftOut?.firstMessageId);
  expect(recipe.leftOut).toBe(leftOut?.messages);
});

test("the conversation begins at the same message for several questions on end", async () => {
  const { compose } = composer({ contextLength: 1_000 });
  const firsts = [];
  for (let turns = 60; turns < 70; turns++) {
    firsts.push((await compose(request(conversation(turns)))).leftOut?.firstMessageId);
  }
  expect(new Set(firsts).size).toBeLessThan(5);
});

test("a question that has no room is refused with the numbers", async () => {
  const path = [...conversation(1).slice(0, 0), message("q", "user", "word ".repeat(2_000))];
  const prompt = await composer({ contextLength: 1_000 }).compose(request(path));
  expect(() => requireRoom(prompt, "m")).toThrow(
    expect.objectContaining({
      type: "context_too_long",
      details: expect.objectContaining({ contextLength: 1_000, answerReserveTokens: 250, isEstimate: true }),
    }),
  );
});

test("a model of which nothing is known is told everything", async () => {
  const { messages, leftOut } = await composer({ contextLength: null }).compose(request(conversation(500)));
  expect([messages.length, leftOut]).toEqual([999, null]);
});

test("what is short enough is not counted", async () => {
  const counted: string[] = [];
  const { compose } = composer({ contextLength: 100_000, counted });
  await compose(request(conversation(100)));
  expect(counted).toEqual([]);
});

test("what is not counted would have room with the worst of tokenizers", async () => {
  const worst = (text: string) => ({ tokens: text.length * 3, isEstimate: false });
  for (const contextLength of [600, 1_200, 1_800, 2_400, 4_000]) {
    const { compose } = composer({ contextLength, count: worst });
    const { messages, limits } = await compose(request(conversation(20)));
    const tokens = messages.reduce((sum, { text }) => sum + worst(text).tokens + 4, 3);
    expect(tokens).toBeLessThanOrEqual(contextLength - limits.answerReserveTokens);
  }
});

test("the most that an answer may take is kept free for it, and half of the context at most", async () => {
  const limits = async (settings: ModelSettings, context: object = {}) =>
    (
      await composer({ contextLength: 8_000, person: { context } }).compose({
        ...request(conversation(1)),
        settings,
      })
    ).limits.answerReserveTokens;
  expect(await limits({})).toBe(2_000);
  expect(await limits({}, { answerReserveTokens: 500 })).toBe(500);
  expect(await limits({ maxOutputTokens: 300 }, { answerReserveTokens: 500 })).toBe(300);
  expect(await limits({ maxOutputTokens: 1_000_000 })).toBe(4_000);
});

test("no longer an answer is asked for than what is kept free for it", async () => {
  const sent = async (settings: ModelSettings, contextLength: number | null) => {
    const { compose } = composer({ contextLength });
    return (await compose({ ...request(conversation(1)), settings })).settings;
  };
  expect(await sent({ maxOutputTokens: 300, seed: 7 }, 8_000)).toEqual({ maxOutputTokens: 300, seed: 7 });
  expect(await sent({ maxOutputTokens: 1_000_000, seed: 7 }, 8_000)).toEqual({
    maxOutputTokens: 4_000,
    seed: 7,
  });
  expect(await sent({}, 8_000)).toEqual({});
  expect(await sent({ maxOutputTokens: 1_000_000 }, null)).toEqual({ maxOutputTokens: 1_000_000 });
});

test("what is there of an answer has room beside its rest, at the cost of the oldest turns", async () => {
  const { compose } = composer({ contextLength: 1_000, count: words });
  const asked = { ...request(conversation(40)), settings: { maxOutputTokens: 300 } };
  const begun = "word ".repeat(200);
  const { messages, settings, excess } = await compose({ ...asked, begun });
  const told = [...messages.map(({ text }) => text), begun].reduce(
    (sum, text) => sum + words(text).tokens + 4,
    3,
  );
  expect(excess).toBeNull();
  expect(told + (settings.maxOutputTokens ?? 0)).toBeLessThanOrEqual(1_000);
  expect(messages.length).toBeLessThan((await compose(asked)).messages.length);
});

test("where the beginning of an answer has used the room that was kept for it, its rest gets what is free", async () => {
  const { compose } = composer({ contextLength: 1_000, count: words });
  const asked = { ...request(conversation(1)), settings: { maxOutputTokens: 500 } };
  const { settings, limits, recipe, excess } = await compose({ ...asked, begun: "word ".repeat(600) });
  expect(excess).toBeNull();
  expect(settings.maxOutputTokens).toBeGreaterThan(300);
  expect(settings.maxOutputTokens).toBeLessThan(400);
  expect([limits.answerReserveTokens, recipe.answerReserveTokens]).toEqual([
    settings.maxOutputTokens,
    settings.maxOutputTokens,
  ]);
  expect((await compose({ ...asked, begun: "word ".repeat(950) })).excess).not.toBeNull();
});

test("a recipe and the conversation give the same prompt again, to the byte", async () => {
  const person = { prompt: { preSystemPrompt: "{{random:a,b,c}} {{date}}", postSystemPrompt: "Post." } };
  const { compose } = composer({ contextLength: 1_000, person, character: withLore("{{pick:Rain,Snow}}") });
  for (const model of ["some/model", "anthropic/claude"]) {
    const path = conversation(80);
    const prompt = await compose({ ...request(path), model });
    const stored = promptRecipeSchema.parse(JSON.parse(JSON.stringify(prompt.recipe)));
    expect(rebuildPrompt(stored, path)).toEqual({ messages: prompt.messages, isExact: true });
  }
});

test("what is told within the conversation takes its part of the context", async () => {
  const path = conversation(80);
  const leftOutBeside = async (lore: string) => {
    const { compose } = composer({ contextLength: 1_000, character: withLore(lore), count: words });
    const { messages, leftOut } = await compose(request(path));
    expect(messages.map(({ part }) => part).slice(-3)).toEqual(["history", "lore", "history"]);
    return leftOut?.messages ?? 0;
  };
  expect(await leftOutBeside("word ".repeat(200))).toBeGreaterThan(await leftOutBeside("word"));
});

test("where an earlier message is not what it was, the prompt is said not to be exact", async () => {
  const path = conversation(3);
  const { recipe } = await composer({}).compose(request(path));
  const changed = path.with(1, message("a0", "assistant", "Something else"));
  expect(rebuildPrompt(recipe, changed).isExact).toBe(false);
});

test("a provider that wants marks is told of the sections and of the newest question that stays in its place", async () => {
  const marked = async (prompt: object) => {
    const { compose } = composer({ person: { prompt } });
    const { messages } = await compose({ ...request(conversation(3)), model: "anthropic/claude-opus-4.1" });
    return messages.filter(({ isCached }) => isCached).map(({ text }) => text);
  };
  expect(await marked({ systemPrompt: "System." })).toEqual(["System.", "Question 2"]);
  expect(await marked({ systemPrompt: "System.", postSystemPrompt: "Post." })).toEqual([
    "System.",
    "Question 1",
  ]);
  expect(await marked({})).toEqual(["Question 2"]);
});

test("a summary of what is left out is told after the sections, as long as it is of what was said", async () => {
  const { compose } = composer({ contextLength: 1_000, person: { context: { summarises: true } } });
  const path = conversation(80);
  const without = await compose(request(path));
  const throughMessageId = without.unsummarised?.throughMessageId ?? "";
  const through = path.findIndex(({ id }) => id === throughMessageId) + 1;
  const summary = {
    throughMessageId,
    text: "They talked.",
    sourceDigest: digestOf(historyEntries(path.slice(0, through))),
    isEdited: false,
  };
  const { messages, unsummarised, recipe, leftOut } = await compose({
    ...request(path),
    summaries: [summary],
  });
  expect(messages[0]).toMatchObject({ role: "system", part: "summary" });
  expect(messages[0]?.text).toContain("They talked.");
  expect(unsummarised).toBeNull();
  expect(leftOut).toEqual(without.leftOut);
  expect(rebuildPrompt(recipe, path)).toEqual({ messages, isExact: true });

  const stale = await compose({
    ...request(path),
    summaries: [{ ...summary, sourceDigest: "of something else" }],
  });
  expect(stale.messages).toEqual(without.messages);
});

test("of several summaries the furthest that does not reach into what is told is used, and gone on with", async () => {
  const path = conversation(80);
  const [near, middle, far] = [20, 50, 150].map((length) => summaryOf(path, length));
  const compose = async (contextLength: number, ...summaries: (typeof near)[]) => {
    const summarising = composer({ contextLength, person: { context: { summarises: true } } });
    const given = summaries.filter((summary) => summary !== undefined);
    return summarising.compose({ ...request(path), summaries: given });
  };
  const small = await compose(1_000, near, middle, far);
  expect(small.recipe.summary?.text).toBe("Of 50.");
  expect(small.unsummarised?.after).toBe(middle);
  const made = summaryOf(path, small.leftOut?.messages ?? 0);
  const next = await compose(1_000, near, middle, made, far);
  expect(next.recipe.summary?.text).toBe(made.text);
  expect(next.unsummarised).toBeNull();
  expect(next.leftOut).toEqual(small.leftOut);
});

test("a summary longer than what is held for one does not have others ordered again and again", async () => {
  const { compose } = composer({ contextLength: 1_000, person: { context: { summarises: true } } });
  const path = conversation(80);
  const short = (await compose(request(path))).leftOut?.messages ?? 0;
  const long = { ...summaryOf(path, short), text: "word ".repeat(300), isEdited: true };
  const first = await compose({ ...request(path), summaries: [long] });
  expect(first.recipe.summary?.text).toBe(long.text);
  const through = first.leftOut?.messages ?? 0;
  expect(first.unsummarised).toEqual({ after: long, throughMessageId: path[through - 1]?.id });
  const summaries = [long, summaryOf(path, through)];
  expect((await compose({ ...request(path), summaries })).unsummarised).toBeNull();
});

test("no summary is ordered in the place of one that the person has edited, of whatever that was", async () => {
  const { compose } = composer({ contextLength: 1_000, person: { context: { summarises: true } } });
  const path = conversation(80);
  const stale = {
    ...summaryOf(path, (await compose(request(path))).leftOut?.messages ?? 0),
    sourceDigest: "",
  };
  const unsummarised = async (isEdited: boolean) =>
    (await compose({ ...request(path), summaries: [{ ...stale, isEdited }] })).unsummarised;
  expect(await unsummarised(true)).toBeNull();
  expect(await unsummarised(false)).toMatchObject({ after: null });
});

test("a summary without which alone the question has room is not told", async () => {
  const { compose } = composer({ contextLength: 1_000, person: { context: { summarises: true } } });
  const path = conversation(80);
  const huge = { ...summaryOf(path, 20), text: "word ".repeat(2_000), isEdited: true };
  const { recipe, excess } = await compose({ ...request(path), summaries: [huge] });
  expect([recipe.summary, excess]).toEqual([null, null]);
});

function summaryOf(path: Branch["path"], length: number) {
  const sourceDigest = digestOf(historyEntries(path.slice(0, length)));
  return {
    throughMessageId: path[length - 1]?.id ?? "",
    text: `Of ${length}.`,
    sourceDigest,
    isEdited: false,
  };
}

function words(text: string): TokenCount {
  return { tokens: text.split(" ").length, isEstimate: false };
}

interface Options {
  person?: object;
  character?: PromptCharacter;
  contextLength?: number | null;
  counted?: string[];
  count?: (text: string) => TokenCount;
  castOf?: CastReader["castOf"];
}

function composer({ person = {}, character, contextLength = 100_000, counted = [], count, castOf }: Options) {
  const about = { name: "A Model", contextLength, maxOutputTokens: null };
  const composer = createPromptComposer({
    settings: {
      ofPerson: async () => personSettingsSchema.parse(person),
      ofInstallation: async () => installationSettingsSchema.parse({}),
    },
    cast: { castOf: castOf ?? (async () => ({ character: character ?? null, profile: null, lore: null })) },
    counter: {
      async count(model, texts) {
        counted.push(...texts.map(({ text }) => text));
        if (count) return texts.map(({ text }) => count(text));
        return createTokenCounter({ load: () => Promise.reject(new Error("none")) }).count(model, texts);
      },
    },
    now: () => new Date("2026-11-20T12:00:00Z"),
  });
  return { compose: (request: Omit<PromptRequest, "about">) => composer.compose({ ...request, about }) };
}

function request(path: Branch["path"]): Omit<PromptRequest, "about"> {
  const chat = { id: "chat", characterId: null, profileId: null };
  return { userId: "ada", chat, path, summaries: [], model: "some/model", settings: {} };
}

function withLore(text: string): PromptCharacter {
  const lore = { ...character.lore, atDepth: [{ depth: 1, role: "system" as const, texts: [text] }] };
  return { ...character, lore };
}

/** Ends with a question. */
function conversation(turns: number): Branch["path"] {
  return Array.from({ length: turns }, (_, turn) => [
    message(`q${turn}`, "user", `Question ${turn}`),
    message(`a${turn}`, "assistant", `Answer ${turn}`),
  ])
    .flat()
    .slice(0, -1);
}

function message(id: string, role: "user" | "assistant", text: string): Branch["path"][number] {
  return {
    id,
    parentId: null,
    role,
    parts: [{ type: "text", text }],
    status: "complete",
    generationId: null,
    model: null,
    metadata: {},
    isDeleted: false,
  };
}
