import { beforeEach, expect, test } from "vitest";
import { user } from "@/db/schema/accounts";
import { createId } from "@/lib/chats/id";
import { silentLog } from "@/lib/diagnostics/log";
import { AppError } from "@/lib/errors/app-error";
import { toChatError } from "@/lib/errors/chat-error";
import { createLocalBus } from "@/lib/events/local-bus";
import { t } from "@/lib/i18n/translator";
import { createModelDirectory } from "@/lib/models/directory";
import type { ModelChunk, ModelProvider, ModelRequest } from "@/lib/models/provider";
import { packBatch } from "@/lib/streaming/batch";
import type { Chunk } from "@/lib/streaming/chunk";
import { formatCursor, parseCursor } from "@/lib/streaming/cursor";
import type { Generation } from "@/lib/streaming/generation";
import { createStreaming } from "@/lib/streaming/streaming";
import { createChatStore } from "./chat-store";
import { createChunkLog } from "./chunk-log";
import type { Db } from "./client";
import { createGenerationStore } from "./generation-store";
import { forEachEngine } from "./testing/engines";

let db: Db;
const bus = createLocalBus();
const ada = { userId: "ada", isGuest: false, isAdministrator: false };
const bob = { userId: "bob", isGuest: false, isAdministrator: false };

forEachEngine((engine) => {
  beforeEach(async () => {
    db = engine.db;
    for (const id of ["ada", "bob"])
      await db.insert(user).values({ id, name: id, email: `${id}@example.org` });
  });

  test("an answer is stored as it was streamed, and the chat continues after it", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const first = await streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    model.play({ type: "reasoning-delta", text: "hm" }, text("Hi "), text("there"), finish());
    const chunks = await readAll(streaming, first.generation);
    await first.done;
    expect(textIn(chunks)).toBe("Hi there");
    expect(chunks.at(-1)).toMatchObject({ type: "finish", finishReason: "stop" });

    const second = await streaming.send(ada, ask(chatId, "u2", "And?"), options());
    model.play(text("More"), finish());
    await second.done;
    const stored = await chats.messages("ada", chatId, null, 10);
    expect(stored?.items.map(({ id, parentId, role, status }) => [id, parentId, role, status])).toEqual([
      ["u1", null, "user", "complete"],
      [first.generation.messageId, "u1", "assistant", "complete"],
      ["u2", first.generation.messageId, "user", "complete"],
      [second.generation.messageId, "u2", "assistant", "complete"],
    ]);
    expect(model.requests.at(-1)?.messages).toEqual([
      { role: "user", text: "Hello" },
      { role: "assistant", text: "Hi there" },
      { role: "user", text: "And?" },
    ]);
  });

  test("twenty identical requests at once are one message, one generation and one call of the model", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const sent = await Promise.all(
      Array.from({ length: 20 }, () => streaming.send(ada, ask(chatId, "u1", "Hello"), options())),
    );
    expect(new Set(sent.map(({ generation }) => generation.id)).size).toBe(1);
    expect(sent.filter(({ done }) => done !== null)).toHaveLength(1);
    const reading = sent.map(({ generation }) => readAll(streaming, generation));
    model.play(text("one"), text(" and only"), finish());
    const streams = (await Promise.all(reading)).map((chunks) => textIn(chunks));
    expect(new Set(streams)).toEqual(new Set(["one and only"]));
    expect(model.requests).toHaveLength(1);
    expect((await chats.messages("ada", chatId, null, 10))?.items).toHaveLength(2);
  });

  test("another question meanwhile is refused with the active generation, and leaves nothing behind", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const first = await streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    const refused = await failure(streaming.send(ada, ask(chatId, "u2", "Me too"), options()));
    expect(refused).toMatchObject({
      type: "generation_active",
      details: { generationId: first.generation.id },
    });
    expect((await chats.messages("ada", chatId, null, 10))?.items.map(({ id }) => id)).not.toContain("u2");
    model.play(finish());
    await first.done;
  });

  test("stop keeps what was written, and is answered when it is stored", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const { generation } = await streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    const reading = readAll(streaming, generation);
    model.play(text("as far as"));
    await untilText(streaming, generation, "as far as");
    const stopped = await streaming.stop("ada", chatId, null);
    expect(stopped.status).toBe("stopped");
    expect(await chats.message(chatId, generation.messageId)).toMatchObject({
      status: "stopped",
      parts: [{ type: "text", text: "as far as" }],
    });
    expect((await reading).at(-1)).toMatchObject({ type: "abort" });
    expect(model.isAborted()).toBe(true);
    expect((await streaming.stop("ada", chatId, null)).id).toBe(generation.id);
  });

  test("a reader that comes back with its cursor is sent the rest and nothing else", async () => {
    const { streaming, model } = core();
    const { generation, done } = await streaming.send(ada, ask(createId(), "u1", "Hello"), options());
    const whole = readEntries(streaming, generation, null);
    const words = Array.from({ length: 2000 }, (_, i) => text(`${i} `));
    model.play(...words, finish());
    const all = await whole;
    await done;
    for (const index of [0, 3, 700, 1999, all.length - 2]) {
      const cursor = all[index]?.cursor ?? "";
      const rest = await readEntries(streaming, generation, cursor);
      expect(rest.map((entry) => entry.cursor)).toEqual(all.slice(index + 1).map((entry) => entry.cursor));
      expect(rest.map(({ chunk }) => chunk)).toEqual(all.slice(index + 1).map(({ chunk }) => chunk));
    }
  });

  test("a replay after the end, and one after the log was dropped, build the same message", async () => {
    const { streaming, model } = core();
    const { generation, done } = await streaming.send(ada, ask(createId(), "u1", "Hello"), options());
    model.play({ type: "reasoning-delta", text: "why" }, text("so "), text("it is"), finish());
    await done;
    const replay = await readAll(streaming, generation);
    expect(replay[0]).toMatchObject({ type: "start", messageId: generation.messageId });
    await streaming.dropEndedLogs(-1000);
    const rebuilt = await readAll(streaming, generation);
    expect(textIn(rebuilt)).toBe(textIn(replay));
    expect(rebuilt[0]).toEqual(replay[0]);
    expect(rebuilt.at(-1)?.type).toBe("finish");
    expect(await failure(readEntries(streaming, generation, "1.3"))).toMatchObject({ type: "gone" });
  });

  test("an answer whose process died is finished by another: same message, nothing lost, nothing twice", async () => {
    const { dead, next, chatId, generation } = await abandoned("It was once upon ");
    expect(await next.streaming.recover("all")).toBe(1);
    const reading = readAll(next.streaming, { ...generation, epoch: 2 });
    next.model.play(text("was once upon a time"), finish());
    expect(textIn(await reading)).toBe("It was once upon a time");
    expect(next.model.requests[0]?.messages).toEqual([
      { role: "user", text: "Hello" },
      { role: "assistant", text: "It was once upon " },
    ]);
    expect(await next.chats.message(chatId, generation.messageId)).toMatchObject({
      status: "complete",
      parts: [{ type: "text", text: "It was once upon a time" }],
      metadata: { seams: [{ offset: 17 }] },
    });
    dead.model.play(text("a zombie's text"), finish());
    await dead.done;
    expect((await next.chats.message(chatId, generation.messageId))?.parts).toMatchObject([
      { text: "It was once upon a time" },
    ]);
  });

  test("a reader who was there before the takeover is sent the rest in place, and with the old cursor a replay", async () => {
    const { next, generation } = await abandoned("It was once upon ");
    const early = readEntries(next.streaming, generation, null);
    const old = (await readSome(core().streaming, generation)).at(-1)?.cursor ?? "";
    await next.streaming.recover("all");
    next.model.play(text("a time"), finish());
    expect(textIn((await early).map(({ chunk }) => chunk))).toBe("It was once upon a time");
    const [replay] = await readEntries(next.streaming, { ...generation, epoch: 2 }, old);
    expect(old.startsWith("1.") && replay?.chunk.type).toBe("start");
  });

  test("a reader who has seen more than was stored is sent none of the next writer's text, but a replay", async () => {
    const { next, generation } = await abandoned("It was once upon ");
    const last = (await readSome(core().streaming, generation)).at(-1)?.seq ?? 0;
    const ahead = formatCursor({ epoch: 1, seq: last + 1 });
    const early = readEntries(next.streaming, generation, ahead);
    await next.streaming.recover("all");
    next.model.play(text("a "), text("good "), text("time"), finish());
    expect(await early).toEqual([]);
    const replay = await readEntries(next.streaming, { ...generation, epoch: 2 }, ahead);
    expect(replay[0]?.chunk.type).toBe("start");
    expect(textIn(replay.map(({ chunk }) => chunk))).toBe("It was once upon a good time");
  });

  test("nobody is sent what a writer adds that does not know yet that it was taken over", async () => {
    const { dead, next, generation } = await abandoned("It was once upon ");
    await next.streaming.recover("all");
    const reading = readAll(dead.streaming, { ...generation, epoch: 2 });
    dead.model.play(text("a zombie's text"));
    next.model.play(text("a time"), finish());
    expect(textIn(await reading)).toBe("It was once upon a time");
  });

  test("an answer of which nothing could be read yet is simply written again", async () => {
    const { next, chatId, generation } = await abandoned({ type: "reasoning-delta", text: "let me see" });
    await next.streaming.recover("all");
    next.model.play({ type: "reasoning-delta", text: "well" }, text("Yes"), finish());
    const replay = await readAll(next.streaming, { ...generation, epoch: 2 });
    expect(replay.filter(({ type }) => type === "start")).toHaveLength(1);
    expect((await next.chats.message(chatId, generation.messageId))?.parts).toMatchObject([
      { type: "reasoning", text: "well" },
      { type: "text", text: "Yes" },
    ]);
  });

  test("who has read the beginning of an answer that is written again is sent the new one from its beginning", async () => {
    const { generation } = await abandoned({ type: "reasoning-delta", text: "let me see" });
    const { store, chunkLog, streaming } = {
      store: createGenerationStore(db),
      chunkLog: createChunkLog(db),
      ...core(),
    };
    await store.takeOver("taker", "all");
    const taken = await store.get(generation.id);
    if (!taken) throw new Error("the generation is gone");
    const entries = streaming.follow(taken, null, new AbortController().signal)[Symbol.asyncIterator]();
    const seen = (await entries.next()).value?.at(-1);

    const lease = { generationId: taken.id, epoch: taken.epoch };
    await store.clearLog(lease);
    const start: Chunk = {
      type: "start",
      messageId: taken.messageId,
      messageMetadata: { generationId: taken.id, model: taken.model },
    };
    const batch = packBatch([{ seq: taken.lastSeq + 1, chunk: start }]);
    await chunkLog.append([{ lease, batch, upstreamId: null, hasToken: false }]);
    expect(await entries.next()).toMatchObject({ done: true });
    const after = parseCursor(seen?.cursor ?? "");
    for await (const replay of streaming.follow(taken, after, new AbortController().signal)) {
      expect(replay.map(({ chunk }) => chunk)).toEqual([start]);
      return;
    }
    throw new Error("there was no replay");
  });

  test("who does not want answers finished has them marked as interrupted, and the chat is free", async () => {
    const { next, chatId, generation } = await abandoned("half an ");
    await db.update(user).set({ finishAnswers: false });
    await next.streaming.recover("all");
    await db.update(user).set({ finishAnswers: true });
    expect(await next.chats.message(chatId, generation.messageId)).toMatchObject({
      status: "interrupted",
      error: { type: "interrupted", retryable: true },
      parts: [{ type: "text", text: "half an " }],
    });
    const again = await next.streaming.send(ada, ask(chatId, "u2", "Again"), options());
    next.model.play(text("Fine"), finish());
    await again.done;
  });

  test("an answer that was taken over twice is not taken over a third time", async () => {
    const { next, chatId, generation } = await abandoned("one ");
    for (const word of ["two ", "three "]) {
      const taker = core();
      await taker.streaming.recover("all");
      taker.model.play(text(word));
      await untilStored(taker.streaming, generation, word === "two " ? "one two " : "one two three ");
    }
    await next.streaming.recover("all");
    expect(await next.chats.message(chatId, generation.messageId)).toMatchObject({
      status: "interrupted",
      parts: [{ text: "one two three " }],
      metadata: { seams: [{ offset: 4 }, { offset: 8 }] },
    });
  });

  test("a process that ends hands its answers over at once, to the last word", async () => {
    const old = core();
    const chatId = createId();
    const { generation, done } = await old.streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    old.model.play(text("so far and "));
    await untilText(old.streaming, generation, "so far and ");
    await old.streaming.drain(0);
    await done;
    const next = core();
    const found = await next.streaming.find("ada", chatId, null);
    expect(found?.epoch).toBe(2);
    next.model.play(text("no further"), finish());
    expect(textIn(await readAll(next.streaming, found ?? generation))).toBe("so far and no further");
  });

  test("a stop that its dead writer did not see is carried out by who finds it", async () => {
    const { next, chatId, generation } = await abandoned("half");
    await createGenerationStore(db).requestStop("ada", chatId, generation.id);
    await next.streaming.recover("all");
    expect(await next.chats.message(chatId, generation.messageId)).toMatchObject({
      status: "stopped",
      error: null,
    });
  });

  test("a stopped answer goes on in its own message when asked to, and the same click twice is one", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const cut = await streaming.send(ada, ask(chatId, "u1", "Tell me"), options());
    model.play({ type: "reasoning-delta", text: "hm" }, text("It was "));
    await untilText(streaming, cut.generation, "It was ");
    await streaming.stop("ada", chatId, null);

    const { messageId } = cut.generation;
    const [more, again] = await Promise.all([
      streaming.continueAnswer(ada, chatId, messageId, options()),
      streaming.continueAnswer(ada, chatId, messageId, options()),
    ]);
    expect(again.generation.id).toBe(more.generation.id);
    const reading = readAll(streaming, more.generation);
    model.play(text("a dark night"), finish());
    const chunks = await reading;
    expect(chunks[0]).toMatchObject({ type: "start", messageId });
    expect(textIn(chunks)).toBe("It was a dark night");
    await (more.done ?? again.done);
    expect(await chats.message(chatId, messageId)).toMatchObject({
      status: "complete",
      parts: [
        { type: "reasoning", text: "hm" },
        { type: "text", text: "It was a dark night" },
      ],
    });
    expect((await chats.messages("ada", chatId, null, 10))?.items).toHaveLength(2);
    expect(await failure(streaming.continueAnswer(ada, chatId, messageId, options()))).toMatchObject({
      type: "invalid_request",
    });
  });

  test("a failure of the provider is kept with its partial text, and asking again makes a sibling", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const failed = await streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    model.play(text("Well"), new AppError("provider_rate_limited", "slow down", { retryAfterMs: 2000 }));
    const chunks = await readAll(streaming, failed.generation);
    const last = chunks.at(-1);
    expect(last?.type === "error" && JSON.parse(last.errorText)).toMatchObject({
      type: "provider_rate_limited",
      retryable: true,
      retryAfterMs: 2000,
    });
    const body = {
      id: chatId,
      trigger: "regenerate-message" as const,
      messageId: failed.generation.messageId,
    };
    const again = await streaming.send(ada, body, options());
    model.play(text("Well then"), finish());
    await again.done;
    const answers = await chats.answersTo(chatId, "u1");
    expect(answers.map(({ status }) => status)).toEqual(["failed", "complete"]);
    expect((await chats.get("ada", chatId))?.leafMessageId).toBe(again.generation.messageId);
  });

  test("regenerating twice from the question writes two answers; the same click twice writes one", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const first = await streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    model.play(text("1"), finish());
    await first.done;
    const fromQuestion = { id: chatId, trigger: "regenerate-message" as const, messageId: "u1" };
    for (const answer of ["2", "3"]) {
      const [one, other] = await Promise.all([
        streaming.send(ada, fromQuestion, options()),
        streaming.send(ada, fromQuestion, options()),
      ]);
      expect(one.generation.id).toBe(other.generation.id);
      model.play(text(answer), finish());
      await (one.done ?? other.done);
    }
    expect(await chats.answersTo(chatId, "u1")).toHaveLength(3);
  });

  test("an edit through the stock body is a branch beside the question, and the old one stays", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const first = await streaming.send(ada, ask(chatId, "u1", "Helo"), options());
    model.play(text("?"), finish());
    await first.done;
    const edited = await streaming.send(ada, { ...ask(chatId, "u1", "Hello"), messageId: "u1" }, options());
    model.play(text("Hi"), finish());
    await edited.done;
    const questions = (await chats.messages("ada", chatId, null, 10))?.items.filter(
      ({ role }) => role === "user",
    );
    expect(questions?.map(({ parentId, parts }) => [parentId, parts[0]?.text])).toEqual([
      [null, "Helo"],
      [null, "Hello"],
    ]);
    expect(model.requests.at(-1)?.messages).toEqual([{ role: "user", text: "Hello" }]);
  });

  test("a stale tab's message becomes a branch where that tab stood", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const answers: string[] = [];
    for (const id of ["u1", "u2"]) {
      const sent = await streaming.send(ada, ask(chatId, id, id), options());
      model.play(text(id), finish());
      await sent.done;
      answers.push(sent.generation.messageId);
    }
    const stale = await streaming.send(
      ada,
      { ...ask(chatId, "u3", "late"), parentId: answers[0] },
      options(),
    );
    model.play(text("ok"), finish());
    await stale.done;
    expect((await chats.message(chatId, "u3"))?.parentId).toBe(answers[0]);
    expect(model.requests.at(-1)?.messages.map(({ text: said }) => said)).toEqual(["u1", "u1", "late"]);
  });

  test("somebody else's chat does not exist, whatever is tried with it", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const { generation, done } = await streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    expect(await failure(streaming.send(bob, ask(chatId, "b1", "Hi"), options()))).toMatchObject({
      type: "not_found",
    });
    expect(await failure(streaming.stop("bob", chatId, generation.id))).toMatchObject({ type: "not_found" });
    expect(await streaming.find("bob", chatId, generation.id)).toBeNull();
    expect(await streaming.find("bob", chatId, null)).toBeNull();
    expect(await chats.get("bob", chatId)).toBeNull();
    expect(await chats.messages("bob", chatId, null, 10)).toBeNull();
    expect(await chats.update("bob", chatId, { title: "mine" })).toBeNull();
    model.play(finish());
    await done;
  });

  test("of two people who make a chat under one id at the same moment, one gets it", async () => {
    const { streaming, model } = core();
    const chatId = createId();
    const both = await Promise.allSettled([
      streaming.send(ada, ask(chatId, "u1", "Mine"), options()),
      streaming.send(bob, ask(chatId, "u1", "Mine"), options()),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    model.play(finish());
  });

  test("a message id that another chat uses is no conflict", async () => {
    const { streaming, model } = core();
    for (const chatId of [createId(), createId()]) {
      const { done } = await streaming.send(ada, ask(chatId, "same", chatId), options());
      model.play(text("ok"), finish());
      await done;
      expect(model.requests.at(-1)?.messages).toEqual([{ role: "user", text: chatId }]);
    }
  });

  test("a refused message leaves no chat behind", async () => {
    const { streaming, chats } = core();
    const bodies = [
      { ...ask(createId(), "u1", "Hello"), model: "no/such-model" },
      { ...ask(createId(), "u1", "Hello"), parentId: "nowhere" },
      ask(createId(), "u1", "a\0b"),
      ask(createId(), "u1", "  "),
    ];
    for (const body of bodies) {
      expect(await failure(streaming.send(ada, body, options()))).toMatchObject({ type: "invalid_request" });
      expect(await chats.get("ada", body.id)).toBeNull();
    }
  });
});

type Step = ModelChunk | AppError;

/** An answer that a process has left after `written`, in a way that neither it nor its database noticed. */
async function abandoned(written: string | ModelChunk) {
  const dead = core();
  const chatId = createId();
  const { generation, done } = await dead.streaming.send(ada, ask(chatId, "u1", "Hello"), options());
  dead.model.play(typeof written === "string" ? text(written) : written);
  if (typeof written === "string") await untilStored(dead.streaming, generation, written);
  else while ((await readSome(core().streaming, generation)).length < 4);
  return { dead: { ...dead, done }, next: core(), chatId, generation };
}

function core() {
  const model = scriptedProvider();
  const chats = createChatStore(db);
  const streaming = createStreaming({
    store: createGenerationStore(db),
    chunkLog: createChunkLog(db),
    chats,
    models: createModelDirectory({ providers: [model], configuredDefault: null }),
    log: silentLog,
    owner: createId(),
    bus,
    pollMs: 300,
    closing: new AbortController().signal,
    explain: (error, requestId) => toChatError(error, requestId, t),
  });
  return { streaming, model, chats };
}

/** Plays what a test hands it, for the newest request. */
function scriptedProvider() {
  const requests: ModelRequest[] = [];
  const steps: Step[] = [];
  let wake = Promise.withResolvers<void>();
  let signal: AbortSignal | undefined;
  return {
    id: "scripted",
    requests,
    isAborted: () => signal?.aborted ?? false,
    play(...played: Step[]) {
      steps.push(...played);
      wake.resolve();
      wake = Promise.withResolvers<void>();
    },
    async *stream(request: ModelRequest, stop: AbortSignal) {
      requests.push(request);
      signal = stop;
      const stopped = new Promise<void>((resolve) => stop.addEventListener("abort", () => resolve()));
      for (;;) {
        stop.throwIfAborted();
        const step = steps.shift();
        if (step instanceof AppError) throw step;
        if (step) yield step;
        else await Promise.race([wake.promise, stopped]);
        if (step?.type === "finish") return;
      }
    },
    listModels: async () => [
      {
        id: "scripted/model",
        name: "Scripted",
        provider: "scripted",
        description: null,
        contextLength: null,
        maxOutputTokens: null,
        inputModalities: ["text"],
        outputModalities: ["text"],
        inputPrice: null,
        outputPrice: null,
        parameters: [],
      },
    ],
    check: async () => {},
  } satisfies ModelProvider & Record<string, unknown>;
}

type Streaming = ReturnType<typeof core>["streaming"];

async function readEntries(streaming: Streaming, generation: Generation, cursor: string | null) {
  const entries = [];
  const after = cursor === null ? null : parseCursor(cursor);
  for await (const some of streaming.follow(generation, after, new AbortController().signal))
    entries.push(...some);
  return entries;
}

/** What is in the log already. */
async function readSome(streaming: Streaming, generation: Generation) {
  for await (const some of streaming.follow(generation, null, new AbortController().signal)) return some;
  return [];
}

async function readAll(streaming: Streaming, generation: Generation): Promise<Chunk[]> {
  return (await readEntries(streaming, generation, null)).map(({ chunk }) => chunk);
}

async function untilText(streaming: Streaming, generation: Generation, wanted: string) {
  let seen = "";
  for await (const some of streaming.follow(generation, null, new AbortController().signal)) {
    seen += textIn(some.map(({ chunk }) => chunk));
    if (seen === wanted) return;
  }
}

/** Reads through the log of another process, which sees only what is durable. */
async function untilStored(writer: Streaming, generation: Generation, wanted: string) {
  await untilText(writer, generation, wanted);
  await untilText(core().streaming, generation, wanted);
}

function textIn(chunks: readonly Chunk[]): string {
  return chunks.map((chunk) => (chunk.type === "text-delta" ? chunk.delta : "")).join("");
}

function text(delta: string): ModelChunk {
  return { type: "text-delta", text: delta };
}

function finish(): ModelChunk {
  return { type: "finish", reason: "stop", usage: null, costMicros: null };
}

function ask(id: string, messageId: string, said: string) {
  const message = { id: messageId, role: "user" as const, parts: [{ type: "text", text: said }] };
  return { id, message, trigger: "submit-message" as const };
}

function options() {
  return { idempotencyKey: null, explain: (error: unknown) => toChatError(error, "request", t) };
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error("it did not fail");
    },
    (error: unknown) => error,
  );
}
