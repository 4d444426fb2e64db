import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { createId } from "@/lib/chats/id";
import type { Message } from "@/lib/chats/message";
import { AppError } from "@/lib/errors/app-error";
import { plainModel } from "@/lib/models/catalogue";
import type { ModelChunk } from "@/lib/models/provider";
import { directoryOf } from "@/lib/models/testing/directory-of";
import { packBatch } from "@/lib/streaming/batch";
import type { Generation } from "@/lib/streaming/generation";
import type { Streaming } from "@/lib/streaming/streaming";
import { createEventLog } from "./event-log";
import { createGenerationStore } from "./generation-store";
import { personSettings } from "./schema/settings";
import { generation as generationTable } from "./schema/streaming";
import { usageEntry } from "./schema/usage";
import { endingAt } from "./testing/bare-answer";
import { forEachEngine } from "./testing/engines";
import { readAll } from "./testing/read-answer";
import { createScriptedProvider, type ScriptedProvider, text } from "./testing/scripted-provider";
import { ada, ask, options, setUpStreaming } from "./testing/streaming-core";
import { untilBlocked } from "./testing/until-blocked";
import { createUsageLedger } from "./usage-ledger";

const usage = { inputTokens: 12, outputTokens: 34, reasoningTokens: 0, cachedTokens: 0 };

forEachEngine((engine) => {
  const { core } = setUpStreaming(engine);

  test("what the provider says later of a stopped answer is on its generation, its message and told to other devices", async () => {
    const { streaming, model, chats } = askable();
    const { generation, done } = await streaming.send(ada, ask(createId(), "u1", "Hello"), options());
    model.play({ type: "upstream-id", id: "gen-1" }, text("Once"));
    await untilEntry(streaming, generation.id);
    await streaming.stop("ada", generation.chatId, generation.id);
    await done;
    expect(await stored(generation.id)).toMatchObject({ costMicros: null, usage: null });
    const ledger = createUsageLedger(engine.db);
    const told = await Promise.all(
      [1, 2, 3].map(() => ledger.reconcile(generation.id, { usage, costMicros: 250 })),
    );
    expect(told.filter((each) => each !== null)).toEqual([{ userId: "ada" }]);
    expect(await stored(generation.id)).toMatchObject({ costMicros: 250, usage });
    const message = await chats.message(generation.chatId, generation.messageId);
    expect(message).toMatchObject({ status: "stopped", usage, metadata: { costMicros: 250 } });
    expect((await events()).filter(({ type }) => type === "cost-known")).toEqual([
      {
        type: "cost-known",
        chatId: generation.chatId,
        generationId: generation.id,
        messageId: generation.messageId,
      },
    ]);
  });

  test("an answer of two calls has their sum, and no figure of its own before both are known", async () => {
    const { generation, next, chats } = await takenOver();
    next.model.play({ type: "upstream-id", id: "gen-2" }, text(" a time"), reported(300));
    await readAll(next.streaming, generation);
    await next.streaming.drain(0);
    expect(await stored(generation.id)).toMatchObject({ costMicros: null });
    expect((await message(chats, generation)).metadata.costMicros).toBeUndefined();
    const ledger = createUsageLedger(engine.db);
    await ledger.reconcile(`${generation.id}/1`, { usage, costMicros: 50 });
    expect(await stored(generation.id)).toMatchObject({
      costMicros: 350,
      usage: { inputTokens: 13, outputTokens: 35 },
    });
    expect((await message(chats, generation)).metadata.costMicros).toBe(350);
  });

  test("a former writer's call that is known before the answer ends is in its cost from the beginning", async () => {
    const { generation, next, chats } = await takenOver();
    const ledger = createUsageLedger(engine.db);
    await ledger.reconcile(`${generation.id}/1`, { usage, costMicros: 50 });
    expect(await stored(generation.id)).toMatchObject({ status: "streaming", costMicros: null });
    next.model.play({ type: "upstream-id", id: "gen-2" }, text(" a time"), reported(300));
    await readAll(next.streaming, generation);
    await next.streaming.drain(0);
    expect(await stored(generation.id)).toMatchObject({ costMicros: 350 });
    expect((await message(chats, generation)).metadata.costMicros).toBe(350);
  });

  test("of two calls that become known at once neither is missing from the sum", async () => {
    for (let round = 0; round < 5; round++) {
      const { generation, next } = await takenOver();
      next.model.play({ type: "upstream-id", id: "gen-2" }, text(" a time"));
      await untilEntry(next.streaming, generation.id, "time");
      await next.streaming.stop("ada", generation.chatId, generation.id);
      await next.streaming.drain(0);
      const ledgers = [createUsageLedger(engine.db), createUsageLedger(engine.db)];
      await Promise.all([
        ledgers[0]?.reconcile(`${generation.id}/1`, { usage, costMicros: 50 }),
        ledgers[1]?.reconcile(generation.id, { usage, costMicros: 7 }),
      ]);
      expect(await stored(generation.id)).toMatchObject({ costMicros: 57 });
    }
  });

  test("an answer that was gone on with costs what all that wrote it came to, and nothing is said while one is unknown", async () => {
    const { streaming, model, chats } = askable();
    const first = await streaming.send(ada, ask(createId(), "u1", "Hello"), options());
    model.play({ type: "upstream-id", id: "gen-1" }, text("Once"));
    await untilEntry(streaming, first.generation.id);
    await streaming.stop("ada", first.generation.chatId, first.generation.id);
    await first.done;
    const { chatId, messageId } = first.generation;
    const second = await streaming.continueAnswer(ada, chatId, messageId, options());
    model.play({ type: "upstream-id", id: "gen-2" }, text(" upon"), reported(30));
    await second.done;
    expect((await message(chats, first.generation)).metadata.costMicros).toBeUndefined();
    await createUsageLedger(engine.db).reconcile(first.generation.id, { usage, costMicros: 12 });
    const whole = await message(chats, first.generation);
    expect(whole.metadata.costMicros).toBe(42);
    // Its tokens are those of the call that it ended with.
    expect(whole.usage).toMatchObject({ outputTokens: 1 });
  });

  test("going on that came to nothing costs nothing and hides no sum, with a limit and without one", async () => {
    for (const limitMicros of [null, 1_000_000]) {
      const settings = { budget: { limitMicros, period: "month" } };
      await engine.db
        .insert(personSettings)
        .values({ userId: "ada", settings })
        .onConflictDoUpdate({ target: personSettings.userId, set: { settings } });
      const { streaming, model, chats } = askable();
      const { generation } = await stopped(streaming, model);
      const going = await streaming.continueAnswer(ada, generation.chatId, generation.messageId, options());
      model.play(new AppError("provider_refused", "no"));
      await going.done;
      await createUsageLedger(engine.db).reconcile(generation.id, { usage, costMicros: 12 });
      expect((await message(chats, generation)).metadata.costMicros).toBe(12);
      const last = await streaming.continueAnswer(ada, generation.chatId, generation.messageId, options());
      model.play({ type: "upstream-id", id: "gen-2" }, text(" upon"), reported(30));
      await last.done;
      expect((await message(chats, generation)).metadata.costMicros).toBe(42);
    }
  });

  test("of two writings of one message that become known at once neither is missing from its sum", async () => {
    const ledgers = [createUsageLedger(engine.db), createUsageLedger(engine.db)] as const;
    const { streaming, model, chats } = askable();
    const pairs: [Generation, Generation][] = [];
    for (let round = 0; round < 30; round++) {
      const { generation } = await stopped(streaming, model);
      const going = await streaming.continueAnswer(ada, generation.chatId, generation.messageId, options());
      model.play({ type: "upstream-id", id: "gen-2" }, text(" upon"));
      await untilEntry(streaming, going.generation.id, "upon");
      await streaming.stop("ada", generation.chatId, going.generation.id);
      await going.done;
      pairs.push([generation, going.generation]);
    }
    await Promise.all(
      pairs.flatMap(([first, second]) => [
        ledgers[0].reconcile(first.id, { usage, costMicros: 50 }),
        ledgers[1].reconcile(second.id, { usage, costMicros: 7 }),
      ]),
    );
    for (const [first] of pairs) expect((await message(chats, first)).metadata.costMicros).toBe(57);
  });

  test("a former writer's call that becomes known while the answer ends is in its cost", async () => {
    const [store, ledger] = [createGenerationStore(engine.db), createUsageLedger(engine.db)];
    for (let round = 0; round < 10; round++) {
      const { generation, next, chats } = await takenOver();
      next.model.play(text(" a time"));
      await untilEntry(next.streaming, generation.id, "time");
      const lastSeq = (await store.get(generation.id))?.lastSeq ?? 0;
      const batch = packBatch([{ seq: lastSeq + 1, chunk: { type: "finish" } }]);
      await Promise.all([
        store.end({ generationId: generation.id, epoch: 2 }, endingAt(300), [], batch),
        ledger.reconcile(`${generation.id}/1`, { usage, costMicros: 50 }),
      ]);
      expect(await stored(generation.id)).toMatchObject({ status: "completed", costMicros: 350 });
      expect((await message(chats, generation)).metadata.costMicros).toBe(350);
      await next.streaming.drain(0);
    }
  });

  test("a call that becomes known while the sum of another one waits for the answer's end is in it", async () => {
    const { generation, next, chats } = await takenOver();
    next.model.play({ type: "upstream-id", id: "gen-2" }, text(" a time"), reported(300));
    await readAll(next.streaming, generation);
    await next.streaming.drain(0);
    const own = await engine.db.delete(usageEntry).where(eq(usageEntry.id, generation.id)).returning();
    let reconciled: Promise<unknown> | undefined;
    await engine.db.transaction(async (tx) => {
      await tx.execute(sql`select from generation where id = ${generation.id} for update`);
      await tx.insert(usageEntry).values(own);
      reconciled = createUsageLedger(engine.db).reconcile(`${generation.id}/1`, { usage, costMicros: 50 });
      await untilBlocked(engine);
    });
    await reconciled;
    expect(await stored(generation.id)).toMatchObject({ costMicros: 350 });
    expect((await message(chats, generation)).metadata.costMicros).toBe(350);
  });

  /** An answer that was stopped when its model had begun. */
  async function stopped({ send, stop, partsOf }: Streaming, model: ScriptedProvider) {
    const sent = await send(ada, ask(createId(), createId(), "Hello"), options());
    model.play({ type: "upstream-id", id: "gen-1" }, text("Once"));
    await untilEntry({ partsOf }, sent.generation.id);
    await stop("ada", sent.generation.chatId, sent.generation.id);
    await sent.done;
    return sent;
  }

  function askable() {
    const model = {
      ...createScriptedProvider(),
      listModels: async () => [plainModel({ id: "scripted/model", provider: "scripted" })],
      costOf: async () => null,
    };
    return core({ models: directoryOf(model) }, model);
  }

  /** An answer whose first writer is gone and whose second one has begun. */
  async function takenOver() {
    const dead = askable();
    const { generation } = await dead.streaming.send(ada, ask(createId(), createId(), "Hello"), options());
    dead.model.play({ type: "upstream-id", id: "gen-1" }, text("Once upon"));
    await untilEntry(dead.streaming, generation.id);
    const next = askable();
    await untilEntry(next.streaming, generation.id);
    await engine.db
      .update(generationTable)
      .set({ leaseUntil: new Date(0) })
      .where(eq(generationTable.id, generation.id));
    await next.streaming.recover("expired");
    await dead.streaming.drain(0);
    return { generation, next, chats: next.chats };
  }

  async function untilEntry(streaming: Pick<Streaming, "partsOf">, generationId: string, wanted = "Once") {
    for (let written = ""; !written.includes(wanted); )
      written = JSON.stringify(await streaming.partsOf(generationId));
  }

  async function stored(generationId: string) {
    const [found] = await engine.db
      .select()
      .from(generationTable)
      .where(eq(generationTable.id, generationId));
    return found;
  }

  async function message(
    chats: ReturnType<typeof core>["chats"],
    { chatId, messageId }: { chatId: string; messageId: string },
  ): Promise<Message> {
    const found = await chats.message(chatId, messageId);
    if (!found) throw new Error("the answer is gone");
    return found;
  }

  async function events() {
    return ((await createEventLog(engine.db).after("ada", 0, 100)) ?? []).map(({ event }) => event);
  }
});

function reported(costMicros: number): ModelChunk {
  const used = { inputTokens: 1, outputTokens: 1, reasoningTokens: null, cachedTokens: null };
  return { type: "finish", reason: "stop", usage: used, costMicros };
}
