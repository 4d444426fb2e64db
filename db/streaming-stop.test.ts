import { expect, test } from "vitest";
import { createId } from "@/lib/chats/id";
import { createLocalBus } from "@/lib/events/local-bus";
import type { FinishReason, ModelChunk } from "@/lib/models/provider";
import type { ChunkLog } from "@/lib/streaming/chunk-log";
import type { Generation } from "@/lib/streaming/generation";
import type { Streaming } from "@/lib/streaming/streaming";
import { createChunkLog } from "./chunk-log";
import { createGenerationStore } from "./generation-store";
import { forEachEngine } from "./testing/engines";
import { readAll, textIn, untilText } from "./testing/read-answer";
import { createScriptedProvider, finish, type ScriptedProvider, text } from "./testing/scripted-provider";
import { ada, ask, failure, options, setUpStreaming } from "./testing/streaming-core";

forEachEngine((engine) => {
  const { core, untilStored } = setUpStreaming(engine);

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

  test("a stop asked for elsewhere reaches a writer whose model is silent, and its row is read for nothing else", async () => {
    const durable = createGenerationStore(engine.db);
    const looks: string[] = [];
    const store = {
      ...durable,
      listStopping(owner: string) {
        looks.push(owner);
        return durable.listStopping(owner);
      },
    };
    const writer = core({ store, chunkLog: deafToStops(createChunkLog(engine.db)), owner: "writer" });
    const chatId = createId();
    const { generation } = await writer.streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    let said = "";
    for (const word of ["as ", "far ", "as"]) {
      said += word;
      writer.model.play(text(word));
      await untilStored(writer.streaming, generation, said);
    }
    expect(looks).toEqual([]);

    const stopped = await core().streaming.stop("ada", chatId, null);
    expect(stopped.status).toBe("stopped");
    expect(writer.model.isAborted()).toBe(true);
    expect(await writer.chats.message(chatId, generation.messageId)).toMatchObject({
      parts: [{ type: "text", text: "as far as" }],
    });
    expect(looks).toEqual(["writer"]);
  });

  test("a stop whose wake-up was lost reaches the writer with the next chunk", async () => {
    const writer = core({ bus: createLocalBus() });
    const chatId = createId();
    const { generation } = await writer.streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    writer.model.play(text("as far "));
    await untilStored(writer.streaming, generation, "as far ");
    await createGenerationStore(engine.db).requestStop("ada", chatId, generation.id);
    writer.model.play(text("as "));
    expect((await readAll(writer.streaming, generation)).at(-1)).toMatchObject({ type: "abort" });
    expect((await writer.chats.message(chatId, generation.messageId))?.status).toBe("stopped");
  });

  test("a process that is about to end does not wait for another one to stop", async () => {
    const writer = core({ bus: createLocalBus() });
    const chatId = createId();
    await writer.streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    const closing = new AbortController();
    const refused = failure(core({ closing: closing.signal }).streaming.stop("ada", chatId, null));
    closing.abort();
    expect(await refused).toMatchObject({ type: "unavailable", retryAfterMs: 1_000 });
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

  test("an answer that its length limit has cut says so for as long as that is so, and goes on when asked to", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const cut = await streaming.send(ada, ask(chatId, "u1", "Tell me"), options());
    model.play(text("It was "), ended("length"));
    await cut.done;
    const { messageId } = cut.generation;
    const stored = () => chats.message(chatId, messageId);
    expect(await stored()).toMatchObject({ status: "complete", metadata: { finishReason: "length" } });

    const more = await streaming.continueAnswer(ada, chatId, messageId, options());
    expect((await stored())?.metadata).toEqual({});
    model.play(text("a dark "), ended("length"));
    await more.done;
    const rest = await streaming.continueAnswer(ada, chatId, messageId, options());
    model.play(text("night"), finish());
    await rest.done;
    expect(await stored()).toMatchObject({ status: "complete", parts: [{ text: "It was a dark night" }] });
    expect((await stored())?.metadata).toEqual({});
    await createChunkLog(engine.db).dropEnded(0);
    expect((await readAll(streaming, rest.generation)).at(-1)).toMatchObject({ finishReason: "stop" });
  });

  test("an answer that a filter has ended says so, and is not gone on with", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const { generation, done } = await streaming.send(ada, ask(chatId, "u1", "Tell me"), options());
    model.play(text("It was "), ended("content-filter"));
    await done;
    const { messageId } = generation;
    expect(await chats.message(chatId, messageId)).toMatchObject({
      metadata: { finishReason: "content-filter" },
    });
    expect(await failure(streaming.continueAnswer(ada, chatId, messageId, options()))).toMatchObject({
      type: "invalid_request",
    });
    await createChunkLog(engine.db).dropEnded(0);
    expect((await readAll(streaming, generation)).at(-1)).toMatchObject({ finishReason: "content-filter" });
  });

  test("a request to continue that comes again when the answer is whole is given that answer", async () => {
    const { streaming, model } = core();
    const chatId = createId();
    const cut = await streaming.send(ada, ask(chatId, "u1", "Tell me"), options());
    model.play(text("It was "));
    await untilText(streaming, cut.generation, "It was ");
    await streaming.stop("ada", chatId, null);
    const keyed = { ...options(), idempotencyKey: "once" };
    const more = await streaming.continueAnswer(ada, chatId, cut.generation.messageId, keyed);
    model.play(text("late"), finish());
    await more.done;
    const again = await streaming.continueAnswer(ada, chatId, cut.generation.messageId, keyed);
    expect(textIn(await readAll(streaming, again.generation))).toBe("It was late");
    expect(again.done).toBeNull();
    expect(model.requests).toHaveLength(2);
  });

  test("a stopped answer goes on with the model that has begun it, whatever the chat's model is by then", async () => {
    const { streaming, model, chats } = core({}, createScriptedProvider(["first", "second"]));
    const chatId = createId();
    const { messageId } = await stoppedAnswer(streaming, model, chatId);
    await chats.update("ada", chatId, { model: "second" });

    const { done } = await streaming.continueAnswer(ada, chatId, messageId, options());
    model.play(text("a dark night"), finish());
    await done;
    expect(model.requests.map((request) => request.model)).toEqual(["first", "first"]);
    expect(await chats.message(chatId, messageId)).toMatchObject({ model: "first", status: "complete" });
  });

  test("an answer goes on with what was asked for with its question, and with the chat's settings for the rest", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const first = await streaming.send(ada, ask(chatId, "u0", "Hello"), options());
    model.play(text("Hi"), finish());
    await first.done;
    const settings = { temperature: 0.5, routing: { zeroDataRetention: true } };
    const { generation } = await streaming.send(
      ada,
      { ...ask(chatId, "u1", "Tell me"), settings },
      options(),
    );
    model.play(text("It "));
    await untilText(streaming, generation, "It ");
    await streaming.stop("ada", chatId, null);
    await chats.update("ada", chatId, { settings: { temperature: 1, topP: 0.9 } });
    for (const said of ["was ", "a night"]) {
      const more = await streaming.continueAnswer(ada, chatId, generation.messageId, options());
      model.play(text(said), ended("length"));
      await more.done;
      expect(model.requests.at(-1)?.settings).toEqual({ ...settings, topP: 0.9 });
    }
  });

  test("a stopped answer whose model is gone goes on with the chat's", async () => {
    const before = core({}, createScriptedProvider(["first", "second"]));
    const chatId = createId();
    const { messageId } = await stoppedAnswer(before.streaming, before.model, chatId);
    await before.chats.update("ada", chatId, { model: "third" });

    const { streaming, model, chats } = core({}, createScriptedProvider(["second", "third"]));
    const { done } = await streaming.continueAnswer(ada, chatId, messageId, options());
    model.play(text("a dark night"), finish());
    await done;
    expect(model.requests.map((request) => request.model)).toEqual(["third"]);
    expect(await chats.message(chatId, messageId)).toMatchObject({
      model: "third",
      parts: [{ text: "It was a dark night" }],
    });
  });
});

/** An answer of the default model that was stopped after "It was ". */
async function stoppedAnswer(
  streaming: Streaming,
  model: ScriptedProvider,
  chatId: string,
): Promise<Generation> {
  const { generation } = await streaming.send(ada, ask(chatId, "u1", "Tell me"), options());
  model.play(text("It was "));
  await untilText(streaming, generation, "It was ");
  return streaming.stop("ada", chatId, null);
}

/** A log whose appends, the beats included, tell nobody of a stop. */
function deafToStops(chunkLog: ChunkLog): ChunkLog {
  return {
    ...chunkLog,
    async append(appends) {
      const outcomes = await chunkLog.append(appends);
      return new Map([...outcomes.keys()].map((id) => [id, "streaming"]));
    },
  };
}

function ended(reason: FinishReason): ModelChunk {
  return { type: "finish", reason, usage: null, costMicros: null };
}
