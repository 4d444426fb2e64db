import { beforeEach, expect, test } from "vitest";
import { packBatch } from "@/lib/streaming/batch";
import type { Ending } from "@/lib/streaming/generation";
import type { GenerationStore } from "@/lib/streaming/generation-store";
import { createChatStore } from "./chat-store";
import { createEventLog } from "./event-log";
import { createGenerationStore } from "./generation-store";
import { user } from "./schema/accounts";
import { chat } from "./schema/chats";
import { asking } from "./testing/bare-answer";
import { forEachEngine } from "./testing/engines";

forEachEngine((engine) => {
  let store: GenerationStore;

  beforeEach(async () => {
    store = createGenerationStore(engine.db);
    for (const id of ["ada", "bob"])
      await engine.db.insert(user).values({ id, name: id, email: `${id}@example.org` });
  });

  test("of questions that come at once each is stored or refused for itself", async () => {
    await engine.db.insert(chat).values({ id: "bobs", userId: "bob" });
    await engine.db.insert(chat).values({ id: "binned", userId: "ada", deletedAt: new Date() });
    await store.start(asking({ userId: "ada", chatId: "busy" }));
    const same = asking({ userId: "ada", chatId: "fresh-1" });
    const again = { ...asking({ userId: "ada", chatId: "fresh-1" }), requestId: same.requestId };
    const started = await Promise.all(
      [
        same,
        asking({ userId: "ada", chatId: "bobs" }),
        again,
        asking({ userId: "ada", chatId: "busy" }),
        asking({ userId: "bob", chatId: "fresh-2" }),
        asking({ userId: "ada", chatId: "binned" }),
        asking({ userId: "bob", chatId: "busy" }),
      ].map((wanted) => store.start(wanted)),
    );
    const outcomes = started.map(({ outcome }) => outcome);
    // A group that cannot be stored as one is stored one by one, in no order.
    const isInOrder = outcomes[0] === "started";
    expect(outcomes).toEqual([
      isInOrder ? "started" : "known",
      "not-found",
      isInOrder ? "known" : "started",
      "busy",
      "started",
      "not-found",
      "not-found",
    ]);
    const chats = createChatStore(engine.db);
    const kept = await chats.messages("ada", "fresh-1", null, 10);
    const asked = isInOrder ? same : again;
    expect(kept?.items.map(({ id, role }) => [id, role])).toEqual([
      [asked.question?.id, "user"],
      [asked.messageId, "assistant"],
    ]);
    expect((await chats.messages("ada", "busy", null, 10))?.items).toHaveLength(2);
    expect((await chats.messages("bob", "bobs", null, 10))?.items).toEqual([]);
  });

  test("answers that end at once are each stored whole, and those of a lost lease are not", async () => {
    const wanted = Array.from({ length: 6 }, (_, index) =>
      asking({ userId: index % 2 ? "ada" : "bob", chatId: `chat-${index}` }),
    );
    await Promise.all(wanted.map((each) => store.start(each)));
    const ended = await Promise.all(
      wanted.map((each, index) =>
        store.end(
          { generationId: each.id, epoch: index === 3 ? 2 : 1 },
          completed,
          [{ type: "text", text: `Answer ${index}` }],
          packBatch([{ seq: 1, chunk: { type: "finish" } }]),
        ),
      ),
    );
    expect(ended).toEqual([true, true, true, false, true, true]);
    const chats = createChatStore(engine.db);
    const stored = await Promise.all(wanted.map(({ chatId, messageId }) => chats.message(chatId, messageId)));
    expect(stored.map((message) => [message?.status, message?.parts])).toEqual(
      wanted.map((_, index) =>
        index === 3 ? ["streaming", []] : ["complete", [{ type: "text", text: `Answer ${index}` }]],
      ),
    );
    expect(stored[0]?.usage).toMatchObject({ outputTokens: 7 });
  });

  test("what is told of many changes at once is numbered without gaps for each person", async () => {
    const wanted = Array.from({ length: 30 }, (_, index) => asking({ userId: index % 3 ? "ada" : "bob" }));
    await Promise.all(wanted.map((each) => store.start(each)));
    const events = createEventLog(engine.db);
    for (const [userId, count] of [["ada", 20] as const, ["bob", 10] as const]) {
      const told = await events.after(userId, 0, 100);
      expect(told?.map(({ seq }) => seq)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
      const mine = wanted.filter((each) => each.userId === userId).map(({ id }) => id);
      expect(new Set(told?.map(({ event }) => "generationId" in event && event.generationId))).toEqual(
        new Set(mine),
      );
    }
  });
});

const completed: Ending = {
  status: "completed",
  usage: { inputTokens: 3, outputTokens: 7, reasoningTokens: null, cachedTokens: null },
  costMicros: 12,
  bill: null,
  error: null,
  cutReason: null,
  seams: [],
};
