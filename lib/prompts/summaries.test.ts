import { expect, test } from "vitest";
import type { Branch } from "@/lib/chats/chat-store";
import { createLocalBus } from "@/lib/events/local-bus";
import { plainModel } from "@/lib/models/catalogue";
import type { ModelProvider } from "@/lib/models/provider";
import { directoryOf } from "@/lib/models/testing/directory-of";
import { personSettingsSchema } from "@/lib/settings/settings";
import { historyEntries } from "./history";
import { digestOf } from "./recipe";
import { createSummaries } from "./summaries";
import type { Summary } from "./summary";
import { createSummaryTurns } from "./summary-turns";
import type { Outcome, Stretch } from "./summary-writer";

const ada = { userId: "ada", isGuest: false, isAdministrator: false };
const chat = { chatId: "chat" };
const before = { before: "m6" };

test("the furthest summary that is sent is shown, before one that reaches further and is out of date", async () => {
  const { summaries } = setUp([summary(1), summary(3), { ...summary(5), sourceDigest: "other" }]);
  expect(await summaries.get(ada, chat, before)).toMatchObject({
    isOn: true,
    summary: { throughMessageId: "m3", messages: 4, isStale: false },
  });
});

test("words of the person's own that are out of date are shown beside what is sent in their place", async () => {
  const edited = { ...summary(5), sourceDigest: "other", isEdited: true };
  const unsent = { text: "Through m5.", isEdited: true, isStale: true };
  expect(await setUp([summary(3), edited]).summaries.get(ada, chat, before)).toMatchObject({
    summary: { text: "Through m3.", isStale: false },
    unsentWords: unsent,
  });
  expect(await setUp([edited]).summaries.get(ada, chat, before)).toMatchObject({
    summary: unsent,
    unsentWords: null,
  });
  const shorter = { ...summary(3), sourceDigest: "other", isEdited: true };
  expect(await setUp([shorter, summary(5)]).summaries.get(ada, chat, before)).toMatchObject({
    summary: { text: "Through m5." },
    unsentWords: null,
  });
});

test("words of the person's own stand for what is said there now, and are sent again", async () => {
  const { summaries, changed } = setUp([{ ...summary(5), sourceDigest: "other" }]);
  await summaries.change(ada, { ...chat, messageId: "m5" }, { text: "Mine." });
  expect(changed).toEqual([{ text: "Mine.", sourceDigest: summary(5).sourceDigest }]);
});

test("a summary is written anew on from the one that it was made from, and takes the place of an edited one", async () => {
  const { summaries, written } = setUp([summary(3), { ...summary(5), isEdited: true }]);
  await summaries.write(ada, chat, before);
  expect(written).toMatchObject([{ after: { throughMessageId: "m3" }, replacesEdited: true }]);
  expect(written[0]?.history).toHaveLength(6);
});

test("who asks twice at a time has it written once", async () => {
  const { summaries, written } = setUp([]);
  const twice = [summaries.write(ada, chat, before), summaries.write(ada, chat, before)];
  expect(await Promise.all(twice)).toEqual([
    { isOn: true, summary: null, unsentWords: null },
    { isOn: true, summary: null, unsentWords: null },
  ]);
  expect(written).toHaveLength(1);
});

test("while one is written for a person no other one is begun for them, and the next may be after it", async () => {
  const { summaries, written } = setUp([]);
  const first = summaries.write(ada, chat, before);
  await expect(summaries.write(ada, chat, { before: "m4" })).rejects.toMatchObject({ type: "conflict" });
  await first;
  await summaries.write(ada, chat, { before: "m4" });
  expect(written).toHaveLength(2);
});

test("one is not begun before what is written for the person behind their answers is there", async () => {
  const { summaries, written, turns } = setUp([]);
  const behind = Promise.withResolvers<void>();
  const taken = turns.take("ada", () => behind.promise);
  const asked = summaries.write(ada, chat, before);
  await new Promise((resolve) => setImmediate(resolve));
  expect(written).toEqual([]);
  behind.reject(new Error("it failed"));
  await expect(taken).rejects.toThrow("it failed");
  await asked;
  expect(written).toHaveLength(1);
});

test.each<[Outcome, string]>([
  ["empty", "provider_error"],
  ["unpaid", "quota_exceeded"],
  ["gone", "not_found"],
])("a summary that comes to %s is refused as %s", async (outcome, type) => {
  const { summaries } = setUp([], outcome);
  await expect(summaries.write(ada, chat, before)).rejects.toMatchObject({ type });
});

test("where nothing was said before there is nothing to sum up, and a message that is not there has none", async () => {
  const { summaries } = setUp([]);
  await expect(summaries.write(ada, chat, { before: "m0" })).rejects.toMatchObject({
    type: "invalid_request",
  });
  await expect(summaries.get(ada, chat, { before: "nowhere" })).rejects.toMatchObject({ type: "not_found" });
});

function setUp(stored: Summary[], outcome: Outcome = "written") {
  const written: Stretch[] = [];
  const changed: { text: string; sourceDigest: string }[] = [];
  const provider: ModelProvider = {
    id: "p",
    async *stream() {},
    complete: async () => ({ text: "", usage: null, costMicros: null }),
    listModels: async () => [plainModel({ id: "m", provider: "p" })],
    check: async () => {},
  };
  const turns = createSummaryTurns();
  const summaries = createSummaries({
    turns,
    limit: { take: async () => {} },
    chats: {
      async branch(_, __, [end]) {
        const messageId = typeof end === "object" ? end.messageId : "";
        const path = branch.path.slice(0, branch.path.findIndex(({ id }) => id === messageId) + 1);
        return { ...branch, path, summaries: stored };
      },
    },
    records: {
      about: async () => ({ model: "m", updatedAt: new Date(0), costMicros: 12 }),
      async change(_, edited) {
        changed.push(edited);
        return true;
      },
      forget: async () => true,
    },
    writer: {
      async write(stretch) {
        written.push(stretch);
        return outcome;
      },
    },
    models: directoryOf(provider),
    settings: { ofPerson: async () => personSettingsSchema.parse({ context: { summarises: true } }) },
    bus: createLocalBus(),
  });
  return { summaries, written, changed, turns };
}

const branch: Branch = {
  chat: {
    id: "chat",
    title: null,
    titleSource: null,
    model: null,
    settings: {},
    pinnedAt: null,
    archivedAt: null,
    deletedAt: null,
    unreadSince: null,
    leafMessageId: "m7",
    deletions: 0,
    characterId: null,
    profileId: null,
    createdAt: new Date(0),
    updatedAt: new Date(0),
  },
  path: Array.from({ length: 8 }, (_, index) => ({
    id: `m${index}`,
    parentId: index === 0 ? null : `m${index - 1}`,
    role: index % 2 === 0 ? ("user" as const) : ("assistant" as const),
    parts: [{ type: "text" as const, text: `Message ${index}` }],
    status: "complete" as const,
    generationId: null,
    model: null,
    metadata: {},
    isDeleted: false,
  })),
  summaries: [],
};

/** Of the messages up to that one, as they are. */
function summary(index: number): Summary {
  return {
    throughMessageId: `m${index}`,
    text: `Through m${index}.`,
    sourceDigest: digestOf(historyEntries(branch.path.slice(0, index + 1))),
    isEdited: false,
  };
}
