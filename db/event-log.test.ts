import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { createEventFeed } from "@/lib/events/event-feed";
import type { EventLog } from "@/lib/events/event-log";
import { createLocalBus } from "@/lib/events/local-bus";
import type { NumberedEvent } from "@/lib/events/user-event";
import { createChatStore } from "./chat-store";
import { createEventLog } from "./event-log";
import { user } from "./schema/accounts";
import { chat } from "./schema/chats";
import { forEachEngine } from "./testing/engines";

forEachEngine((engine) => {
  let eventLog: EventLog;

  beforeEach(async () => {
    eventLog = createEventLog(engine.db);
    for (const id of ["ada", "bob"]) {
      await engine.db.insert(user).values({ id, name: id, email: `${id}@example.org` });
      await engine.db.insert(chat).values({ id: `${id}-chat`, userId: id });
    }
  });

  test("each change of a chat is told to its person, numbered without gaps however many change at once", async () => {
    const chats = createChatStore(engine.db);
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => chats.update("ada", "ada-chat", { title: `Title ${i}` })),
    );
    const told = await eventLog.after("ada", 0, 100);
    expect(told?.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(told?.[0]?.event).toEqual({ type: "chat-updated", chatId: "ada-chat" });
    expect(await eventLog.after("bob", 0, 100)).toEqual([]);
  });

  test("a change that was not made tells nothing", async () => {
    expect(await createChatStore(engine.db).update("bob", "ada-chat", { title: "Mine" })).toBeNull();
    expect(await eventLog.lastSeq("ada")).toBe(0);
    expect(await eventLog.lastSeq("bob")).toBe(0);
  });

  test("who missed events that were dropped is told so instead of being sent a part of them", async () => {
    const chats = createChatStore(engine.db);
    for (const title of ["a", "b", "c"]) await chats.update("ada", "ada-chat", { title });
    await engine.db.execute(
      sql`update user_event set created_at = now() - interval '2 hours' where seq <= 2`,
    );
    await eventLog.dropOlder(3_600_000);
    expect(await eventLog.after("ada", 1, 100)).toBeNull();
    expect((await eventLog.after("ada", 2, 100))?.map(({ seq }) => seq)).toEqual([3]);
    await eventLog.dropOlder(-1000);
    expect(await eventLog.after("ada", 2, 100)).toBeNull();
    expect(await eventLog.after("ada", 3, 100)).toEqual([]);
  });

  test("a feed begins after the event that was seen last, and goes on live", async () => {
    const bus = createLocalBus();
    const chats = createChatStore(engine.db);
    const feed = createEventFeed({ eventLog, bus, pollMs: 60_000, closing: new AbortController().signal });
    await chats.update("ada", "ada-chat", { title: "before" });
    const reader = new AbortController();
    const live = feed.follow("ada", 1, reader.signal)[Symbol.asyncIterator]();
    const missed = feed.follow("ada", 0, reader.signal)[Symbol.asyncIterator]();
    const next = live.next();
    expect(seqs(await missed.next())).toEqual([1]);
    await chats.update("ada", "ada-chat", { title: "after" });
    bus.publish("user:ada");
    expect(seqs(await next)).toEqual([2]);
    expect(seqs(await missed.next())).toEqual([2]);
    reader.abort();
    expect((await live.next()).done).toBe(true);
  });
});

function seqs(result: IteratorResult<readonly NumberedEvent[]>): number[] {
  return result.done ? [] : result.value.map(({ seq }) => seq);
}
