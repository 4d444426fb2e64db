import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { user } from "@/db/schema/accounts";
import { createId } from "@/lib/chats/id";
import { packBatch } from "@/lib/streaming/batch";
import type { Chunk } from "@/lib/streaming/chunk";
import { formatCursor, parseCursor } from "@/lib/streaming/cursor";
import { createChunkLog } from "./chunk-log";
import { createGenerationStore } from "./generation-store";
import { forEachEngine } from "./testing/engines";
import { readAll, readEntries, readSome, textIn, untilText } from "./testing/read-answer";
import { finish, text } from "./testing/scripted-provider";
import { ada, ask, options, setUpStreaming } from "./testing/streaming-core";

forEachEngine((engine) => {
  const { core, abandoned, untilStored } = setUpStreaming(engine);

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

  test.each([
    ["is finished", true],
    ["ends, where nobody finishes it,", false],
  ])(
    "an answer that was gone on with by a process that died at once %s with all that was there",
    async (_, isFinished) => {
      await engine.db.update(user).set({ finishAnswers: isFinished });
      const first = core();
      const chatId = createId();
      const sent = await first.streaming.send(ada, ask(chatId, "u1", "Hello"), options());
      first.model.play(text("It was once upon "));
      await untilStored(first.streaming, sent.generation, "It was once upon ");
      await first.streaming.stop("ada", chatId, null);
      await sent.done;
      const dead = core();
      const { messageId } = sent.generation;
      const { generation } = await dead.streaming.continueAnswer(ada, chatId, messageId, options());
      // Nothing of it has come into the log.
      await engine.db.execute(sql`delete from generation_event where generation_id = ${generation.id}`);
      const next = core();
      expect(await next.streaming.recover("all")).toBe(1);
      if (isFinished) {
        const reading = readAll(next.streaming, { ...generation, epoch: 2 });
        next.model.play(text("a time"), finish());
        expect(textIn(await reading)).toBe("It was once upon a time");
      }
      expect(await next.chats.message(chatId, messageId)).toMatchObject({
        status: isFinished ? "complete" : "interrupted",
        parts: [{ type: "text", text: isFinished ? "It was once upon a time" : "It was once upon " }],
      });
    },
  );

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
    const store = createGenerationStore(engine.db);
    const { streaming } = core();
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
    await createChunkLog(engine.db).append([{ lease, batch, upstreamId: null, hasToken: false }]);
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
    await engine.db.update(user).set({ finishAnswers: false });
    await next.streaming.recover("all");
    await engine.db.update(user).set({ finishAnswers: true });
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

  test("an answer that is begun when its process has handed over the others is handed over as well", async () => {
    const old = core();
    await old.streaming.drain(0);
    const chatId = createId();
    const { done } = await old.streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    await done;
    const next = core();
    const found = await next.streaming.find("ada", chatId, null);
    expect(found?.epoch).toBe(2);
    next.model.play(text("Hello to you"), finish());
    expect(found && textIn(await readAll(next.streaming, found))).toBe("Hello to you");
  });

  test("a stop that its dead writer did not see is carried out by who finds it", async () => {
    const { next, chatId, generation } = await abandoned("half");
    await createGenerationStore(engine.db).requestStop("ada", chatId, generation.id);
    await next.streaming.recover("all");
    expect(await next.chats.message(chatId, generation.messageId)).toMatchObject({
      status: "stopped",
      error: null,
    });
  });
});
