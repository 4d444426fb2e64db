import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { createAccountStore } from "@/db/account-store";
import { createEventLog } from "@/db/event-log";
import { session } from "@/db/schema/accounts";
import { chat } from "@/db/schema/chats";
import { createSessionCheck } from "@/db/session-check";
import { forEachEngine } from "@/db/testing/engines";
import { ada, ask, bob, options, setUpStreaming } from "@/db/testing/streaming-core";
import { createId } from "@/lib/chats/id";

forEachEngine((engine) => {
  const { core } = setUpStreaming(engine);

  test("sessions are listed by their last use, without those that are over", async () => {
    await signIn("s1", { usedMinutesAgo: 60 });
    await signIn("s2", { usedMinutesAgo: 2 });
    await signIn("s3", { isOver: true });
    await signIn("b1", { userId: bob.userId });
    const listed = await createAccountStore(engine.db).listDevices(ada.userId);
    expect(listed.map(({ sessionId }) => sessionId)).toEqual(["s2", "s1"]);
  });

  test("a session is ended by its person only", async () => {
    const store = createAccountStore(engine.db);
    await signIn("s1");
    await signIn("s2");
    await signIn("b1", { userId: bob.userId });
    expect(await store.endSession(ada.userId, "b1")).toBe(false);
    expect(await store.endSession(ada.userId, "s1")).toBe(true);
    expect(await store.endSession(ada.userId, "s1")).toBe(false);
    await signIn("s3");
    expect(await store.endOtherSessions(ada.userId, "s3")).toBe(1);
    expect(await idsLeft()).toEqual(["b1", "s3"]);
  });

  test("an open stream notes the use of its session, at most every five minutes", async () => {
    await signIn("old", { usedMinutesAgo: 60 });
    await signIn("new", { usedMinutesAgo: 2 });
    await signIn("closed", { usedMinutesAgo: 60 });
    await signIn("over", { usedMinutesAgo: 60, isOver: true });
    const alive = await createSessionCheck(engine.db)(["old", "new", "over", "never"]);
    expect([...alive].sort()).toEqual(["new", "old"]);
    expect(await minutesSinceUse()).toEqual({ old: 0, new: 2, closed: 60, over: 60 });
  });

  test("all chats go to the trash at once, and what is being written in them is to stop", async () => {
    const longAgo = new Date("2020-01-31T12:00:00Z");
    const { streaming, model, chats } = core();
    const written = await streaming.send(ada, ask(createId(), "u1", "Hello"), options());
    await engine.db.insert(chat).values([
      { id: "archived", userId: ada.userId, archivedAt: new Date() },
      { id: "in-trash", userId: ada.userId, deletedAt: longAgo },
      { id: "bobs", userId: bob.userId },
    ]);
    const store = createAccountStore(engine.db);
    const trashed = await store.trashChats(ada.userId);
    expect(trashed).toMatchObject({ chatCount: 2, writers: [expect.any(String)] });
    expect(await streaming.get(written.generation.id)).toMatchObject({ status: "stopping" });
    expect(await store.trashChats(ada.userId)).toEqual({ chatCount: 0, trashedAt: null, writers: [] });

    const all = { archived: false, deleted: true };
    expect((await chats.list(ada.userId, all, null, 10)).items).toHaveLength(3);
    expect((await chats.get(ada.userId, "in-trash"))?.deletedAt).toEqual(longAgo);
    expect((await chats.get(bob.userId, "bobs"))?.deletedAt).toBeNull();
    model.play({ type: "finish", reason: "stop", usage: null, costMicros: null });
    await written.done;
  });

  test("of ten thousand chats exactly those come back that were moved to the trash together", async () => {
    const { chats } = core();
    const store = createAccountStore(engine.db);
    await engine.db.execute(sql`
      insert into chat (id, user_id, archived_at) select 'many-' || n, ${ada.userId}, case when n % 2 = 0 then now() end
      from generate_series(1, 10000) n`);
    // In the same millisecond, as far as the database's clock can tell them apart.
    const before = sql`now() + interval '1 second'`;
    await engine.db.insert(chat).values({ id: "deleted-before", userId: ada.userId, deletedAt: before });
    await engine.db.insert(chat).values({ id: "bobs", userId: bob.userId });
    const { chatCount, trashedAt } = await store.trashChats(ada.userId);
    expect(chatCount).toBe(10_000);
    const at = trashedAt ?? new Date(0);
    await engine.db.update(chat).set({ deletedAt: at }).where(eq(chat.id, "bobs"));
    await chats.keepMany(ada.userId, ["many-7"], { deleted: false });
    await engine.db
      .insert(chat)
      .values({ id: "deleted-after", userId: ada.userId, deletedAt: sql`now() + interval '2 seconds'` });

    expect(await store.untrashChats(ada.userId, at)).toBe(9_999);
    const trash = await chats.list(ada.userId, { archived: false, deleted: true }, null, 10);
    expect(trash.items.map(({ id }) => id)).toEqual(["deleted-after", "deleted-before"]);
    expect((await chats.get(ada.userId, "many-2"))?.archivedAt).not.toBeNull();
    expect((await chats.get(bob.userId, "bobs"))?.deletedAt).toEqual(at);
    expect(await store.untrashChats(ada.userId, at)).toBe(0);
    const told = await createEventLog(engine.db).after(ada.userId, 0, 10);
    expect(told?.map(({ event }) => event.type)).toEqual(["resync", "chat-updated", "resync"]);
  });

  test("chats in the archive are counted, chats in the trash are not", async () => {
    await engine.db.insert(chat).values([
      { id: "one", userId: ada.userId },
      { id: "archived", userId: ada.userId, archivedAt: new Date() },
      { id: "in-trash", userId: ada.userId, deletedAt: new Date() },
      { id: "bobs", userId: bob.userId },
    ]);
    const store = createAccountStore(engine.db);
    expect(await store.get(ada.userId)).toMatchObject({ email: "ada@example.org", chatCount: 2 });
    expect(await store.get("nobody")).toBeNull();
  });

  async function signIn(
    id: string,
    {
      userId = ada.userId,
      usedMinutesAgo = 0,
      isOver = false,
    }: { userId?: string; usedMinutesAgo?: number; isOver?: boolean } = {},
  ): Promise<void> {
    const expiresAt = new Date(Date.now() + (isOver ? -60_000 : 60_000));
    await engine.db.insert(session).values({ id, token: createId(), userId, expiresAt });
    const usedAt = sql`now() - ${`${usedMinutesAgo} minutes`}::interval`;
    await engine.db.update(session).set({ updatedAt: usedAt }).where(eq(session.id, id));
  }

  async function idsLeft(): Promise<string[]> {
    const left = await engine.db.select({ id: session.id }).from(session).orderBy(session.id);
    return left.map(({ id }) => id);
  }

  async function minutesSinceUse(): Promise<Record<string, number>> {
    const minutes = sql<number>`round(extract(epoch from now() - ${session.updatedAt}) / 60)::int`;
    const found = await engine.db.select({ id: session.id, minutes }).from(session);
    return Object.fromEntries(found.map((row) => [row.id, row.minutes]));
  }
});
