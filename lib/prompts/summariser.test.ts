import { expect, test } from "vitest";
import type { Branch } from "@/lib/chats/chat-store";
import { silentLog } from "@/lib/diagnostics/log";
import { createLocalBus } from "@/lib/events/local-bus";
import { type CatalogueModel, plainModel } from "@/lib/models/catalogue";
import type { Completion, ModelRequest } from "@/lib/models/provider";
import { historyEntries } from "./history";
import { createSummariser } from "./summariser";
import { createSummaryTurns } from "./summary-turns";
import { createSummaryWriter, type NewSummary } from "./summary-writer";

const limits = { contextLength: 2_000, answerReserveTokens: 500 };

test("what is left out is summed up in readings that fit, each with the summary before it, and each kept", async () => {
  const { summariser, requests, kept } = setUp();
  summariser.summarise(branch(60, { after: null, throughMessageId: "m49" }));
  await summariser.idle();
  expect(kept.length).toBeGreaterThan(1);
  expect(kept.at(-1)).toMatchObject({
    chatId: "chat",
    throughMessageId: "m49",
    text: `Summary ${kept.length}`,
  });
  expect(requests[1]?.messages[1]?.text).toContain("Former summary:\nSummary 1");
  const told = requests.map(({ messages }) => messages[1]?.text ?? "").join("\n");
  for (let index = 0; index < 50; index++) expect(told).toContain(`Message ${index} `);
  expect(told).not.toContain("Message 50 ");
});

test("of one person's chats one is summed up at a time, and each is", async () => {
  let running = 0;
  let runningMost = 0;
  const done: (string | undefined)[] = [];
  const { summariser } = setUp({
    async complete() {
      runningMost = Math.max(runningMost, ++running);
      await Promise.resolve();
      done.push("done");
      running--;
      return { text: "Summed up.", usage: null, costMicros: null };
    },
  });
  for (const chatId of ["one", "two", "three"]) {
    summariser.summarise({ ...branch(4, { after: null, throughMessageId: "m2" }), chatId });
  }
  await summariser.idle();
  expect(done).toHaveLength(3);
  expect(runningMost).toBe(1);
});

test.each([
  ["TimeoutError", "provider_timeout"],
  ["AbortError", "unavailable"],
])("a call that is ended by a %s is %s", async (name, type) => {
  const { writer, served } = setUp({ complete: () => Promise.reject(new DOMException("ended", name)) });
  const { path } = branch(4, null);
  const stretch = {
    chatId: "chat",
    userId: "ada",
    model: "m",
    settings: {},
    after: null,
    contextLength: null,
  };
  await expect(writer.write({ ...stretch, served, history: historyEntries(path) })).rejects.toMatchObject({
    type,
  });
});

test("a summary is gone on with from where it ended", async () => {
  const { summariser, requests } = setUp();
  const after = { throughMessageId: "m9", text: "Before.", sourceDigest: "d", isEdited: false };
  summariser.summarise(branch(20, { after, throughMessageId: "m12" }));
  await summariser.idle();
  expect(requests).toHaveLength(1);
  expect(requests[0]?.messages[1]?.text).toMatch(/^Former summary:\nBefore\.[\s\S]*Message 10 /);
  expect(requests[0]?.messages[1]?.text).not.toContain("Message 9 ");
});

test("nothing is asked where nothing is left out, and a failure is kept from everybody", async () => {
  const { summariser, requests, kept, fail } = setUp();
  summariser.summarise(branch(20, null));
  await summariser.idle();
  expect(requests).toEqual([]);
  fail();
  summariser.summarise(branch(20, { after: null, throughMessageId: "m9" }));
  await summariser.idle();
  expect(kept).toEqual([]);
});

test("of a message longer than what is read at once the beginning and the end are read", async () => {
  const { summariser, requests } = setUp();
  const path = [message(0, `Begin ${"x".repeat(50_000)} end`), message(1, "More")];
  const prompt = { limits, settings: {}, unsummarised: { after: null, throughMessageId: "m0" } };
  summariser.summarise({ chatId: "chat", userId: "ada", model: "m", path, prompt });
  await summariser.idle();
  const text = requests[0]?.messages[1]?.text ?? "";
  expect(text.length).toBeLessThan(3_000);
  expect(text).toMatch(/Begin x+ … x+ end/);
});

test("a summary is asked for at no host that the answers are kept from", async () => {
  const { summariser, requests } = setUp();
  const { prompt, ...chat } = branch(20, { after: null, throughMessageId: "m9" });
  const routing = { ignore: ["b"], zeroDataRetention: true };
  summariser.summarise({ ...chat, prompt: { ...prompt, settings: { temperature: 1, routing } } });
  await summariser.idle();
  expect(requests[0]?.settings).toEqual({ maxOutputTokens: expect.any(Number), routing });
});

test("a model that reasons is asked to think as little as it can, with room for it", async () => {
  const about = plainModel({ id: "m", provider: "p", parameters: ["reasoning"], reasoningEfforts: ["low"] });
  const { summariser, requests } = setUp({ about });
  summariser.summarise(branch(20, { after: null, throughMessageId: "m9" }));
  await summariser.idle();
  expect(requests[0]?.settings).toEqual({ reasoningEffort: "low", maxOutputTokens: 4_250 });
});

test.each([
  ["nothing", async () => ({ text: " ", usage: null, costMicros: null })],
  ["a failure", () => Promise.reject(new Error("no"))],
])(
  "what came to %s is not asked for again before the chat has grown, each time by twice as much",
  async (_, complete) => {
    const { summariser, asked } = setUp({ complete });
    const askedAt: number[] = [];
    for (let length = 20; length < 90; length += 2) {
      const before = asked();
      // What is left out grows meanwhile, which makes it no more likely to succeed.
      summariser.summarise(branch(length, { after: null, throughMessageId: `m${length - 11}` }));
      await summariser.idle();
      if (asked() > before) askedAt.push(length);
    }
    expect(askedAt).toEqual([20, 28, 44, 76]);
  },
);

test("a summary that was written lets the next failure be forgiven as soon as the first", async () => {
  const answers = ["", "Summary", "", "Summary"];
  const { summariser, asked } = setUp({
    complete: async () => ({ text: answers.shift() ?? "", usage: null, costMicros: null }),
  });
  for (const length of [20, 28, 30, 36, 38]) {
    summariser.summarise(branch(length, { after: null, throughMessageId: "m1" }));
    await summariser.idle();
  }
  expect([asked(), answers]).toEqual([4, []]);
});

function setUp({
  about = null,
  complete,
}: {
  about?: CatalogueModel | null;
  complete?: () => Promise<Completion>;
} = {}) {
  let asked = 0;
  const requests: ModelRequest[] = [];
  const kept: NewSummary[] = [];
  let isFailing = false;
  const route = { provider: "scripted", payer: "installation" as const, credentialId: null };
  const provider = {
    id: "scripted",
    async *stream() {},
    async complete(request: ModelRequest) {
      asked++;
      if (complete) return complete();
      if (isFailing) throw new Error("no");
      requests.push(request);
      return { text: ` Summary ${requests.length}\n`, usage: null, costMicros: null };
    },
    listModels: async () => [],
    check: async () => {},
  };
  const common = { log: silentLog, closing: new AbortController().signal };
  const writer = createSummaryWriter({
    ...common,
    store: {
      async put(summary) {
        kept.push(summary);
        return true;
      },
    },
    ledger: { note: async () => {}, standings: async () => [] },
    bus: createLocalBus(),
  });
  const models = { getModel: async () => ({ provider, model: about, route }) };
  const summariser = createSummariser({ ...common, writer, models, turns: createSummaryTurns() });
  return {
    summariser,
    writer,
    served: { provider, model: about, route },
    requests,
    kept,
    asked: () => asked,
    fail() {
      isFailing = true;
    },
  };
}

type Wanted = Parameters<ReturnType<typeof setUp>["summariser"]["summarise"]>[0];

function branch(length: number, unsummarised: Wanted["prompt"]["unsummarised"]): Wanted {
  const path = Array.from({ length }, (_, index) =>
    message(index, `Message ${index} ${"and so on ".repeat(20)}`),
  );
  return { chatId: "chat", userId: "ada", model: "m", path, prompt: { limits, settings: {}, unsummarised } };
}

function message(index: number, text: string): Branch["path"][number] {
  return {
    id: `m${index}`,
    parentId: null,
    role: index % 2 === 0 ? "user" : "assistant",
    parts: [{ type: "text", text }],
    status: "complete",
    generationId: null,
    model: null,
    metadata: {},
    isDeleted: false,
  };
}
