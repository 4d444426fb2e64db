import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { z } from "zod";
import { createCastStore } from "@/db/cast-store";
import { createSettingsStore } from "@/db/settings-store";
import { createCasts } from "@/lib/characters/cast";
import { createChats } from "@/lib/chats/chats";
import { createId } from "@/lib/chats/id";
import { createLocalBus } from "@/lib/events/local-bus";
import { plainModel } from "@/lib/models/catalogue";
import { directoryOf } from "@/lib/models/testing/directory-of";
import { createEventLog } from "./event-log";
import { rows } from "./rows";
import { chat } from "./schema/chats";
import { personSettings } from "./schema/settings";
import { spending, usageEntry } from "./schema/usage";
import { forEachEngine } from "./testing/engines";
import { untilText } from "./testing/read-answer";
import { createScriptedProvider, finish, text } from "./testing/scripted-provider";
import { ada, ask, bob, failure, options, setUpStreaming } from "./testing/streaming-core";

forEachEngine((engine) => {
  const { core } = setUpStreaming(engine);

  test("many chats are changed at once, of others none, and each change is told", async () => {
    const { chats } = core();
    await add("one", "two", "three");
    await engine.db.insert(chat).values({ id: "bobs", userId: "bob" });
    const kept = await chats.keepMany("ada", ["one", "bobs", "nowhere", "two"], { archived: true });
    expect(kept.chatIds.toSorted()).toEqual(["one", "two"]);
    expect(await idsOf({ archived: true })).toEqual(["one", "two"]);
    expect(await idsOf({})).toEqual(["three"]);
    expect((await chats.get("bob", "bobs"))?.archivedAt).toBeNull();
    const told = await createEventLog(engine.db).after("ada", 0, 10);
    expect(told?.map(({ event }) => "chatId" in event && event.chatId).toSorted()).toEqual(["one", "two"]);
    expect(await createEventLog(engine.db).lastSeq("bob")).toBe(0);
  });

  test("what is restored is as it was, to the pin and the archive", async () => {
    const { chats } = core();
    await add("one");
    await chats.update("ada", "one", { pinned: true, archived: true, title: "Mine" });
    const before = await chats.get("ada", "one");
    await chats.keepMany("ada", ["one"], { deleted: true });
    await chats.keepMany("ada", ["one"], { deleted: false });
    expect(await chats.get("ada", "one")).toEqual(before);
  });

  test("a chat that is deleted twice is in the trash from the first time on", async () => {
    const { chats } = core();
    await add("one");
    await chats.keepMany("ada", ["one"], { deleted: true });
    await age("one", "29 days");
    await chats.keepMany("ada", ["one"], { deleted: true });
    await age("one", "2 days");
    await chats.dropTrash(thirtyDaysMs);
    expect(await chats.get("ada", "one")).toBeNull();
  });

  test("the trash shows what was deleted last first, page by page", async () => {
    const { chats } = core();
    await add("one", "two", "three");
    await chats.update("ada", "one", { pinned: true });
    for (const [id, days] of [["three", 3] as const, ["one", 2] as const, ["two", 1] as const]) {
      await chats.keepMany("ada", [id], { deleted: true });
      await age(id, `${days} days`);
    }
    const filter = { archived: false, deleted: true };
    const first = await chats.list("ada", filter, null, 2);
    const second = await chats.list("ada", filter, first.nextCursor, 2);
    expect([first, second].map(({ items }) => items.map(({ id }) => id))).toEqual([
      ["two", "one"],
      ["three"],
    ]);
    expect(second.nextCursor).toBeNull();
  });

  test("after thirty days in the trash a chat is gone with everything in it, and not before", async () => {
    const { chatId, chats, done, model } = await answering();
    model.play(text(" to its end"), finish());
    await done;
    await add("kept");
    await chats.keepMany("ada", [chatId], { deleted: true });
    await age(chatId, "30 days -1 minute");
    await chats.dropTrash(thirtyDaysMs);
    expect(await chats.get("ada", chatId)).not.toBeNull();
    await age(chatId, "2 minutes");
    await chats.dropTrash(thirtyDaysMs);
    expect(await chats.get("ada", chatId)).toBeNull();
    expect(await rowsLeft()).toBe(0);
    expect(await idsOf({})).toEqual(["kept"]);
  });

  test("only what is in the trash is deleted for good, by name or all of it", async () => {
    const { chats } = core();
    await add("one", "two", "three", "four");
    await engine.db.insert(chat).values({ id: "bobs", userId: "bob", deletedAt: new Date() });
    await chats.keepMany("ada", ["one", "two", "three"], { deleted: true });
    expect(await chats.purge("ada", ["one", "four", "bobs"])).toEqual({ chatIds: ["one"], writing: [] });
    expect((await chats.purge("ada", "all")).chatIds.toSorted()).toEqual(["three", "two"]);
    expect(await idsOf({})).toEqual(["four"]);
    expect(await chats.get("bob", "bobs")).not.toBeNull();
  });

  test("a chat that is deleted for good while its answer is written goes with its end, and what it came to is counted", async () => {
    const settings = { budget: { limitMicros: 1_000_000, period: "month" } };
    await engine.db.insert(personSettings).values({ userId: "ada", settings });
    const { chatId, done, ...process } = await answering();
    await process.chats.keepMany("ada", [chatId], { deleted: true });
    expect(await actingOn(process).purge(ada, { ids: [chatId, "nowhere"] })).toEqual({
      items: [
        { id: chatId, outcome: "done" },
        { id: "nowhere", outcome: "not_found" },
      ],
    });
    await done;
    expect(await rowsLeft()).toBe(0);
    const [entry] = await engine.db.select().from(usageEntry);
    expect(entry).toMatchObject({ chatId, source: "estimated", heldMicros: null });
    expect(entry?.costMicros).toBeGreaterThan(0);
    expect(await engine.db.select().from(spending)).toMatchObject([
      { spentMicros: entry?.costMicros, heldMicros: 0 },
    ]);
  });

  test("a chat whose answer cannot be stopped is shown no more, and goes with a look at the trash when that has ended", async () => {
    const { chatId, done, ...process } = await answering();
    const { chats, model } = process;
    const gone = { items: [{ id: chatId, outcome: "done" }] };
    await chats.keepMany("ada", [chatId], { deleted: true });
    const stop = () => Promise.reject(new Error("nobody there"));
    expect(
      await actingOn({ ...process, streaming: { ...process.streaming, stop } }).purge(ada, { ids: "all" }),
    ).toEqual(gone);
    expect(await chats.get("ada", chatId)).toBeNull();
    expect(await idsOf({ deleted: true })).toEqual([]);
    expect((await chats.keepMany("ada", [chatId], { deleted: false })).chatIds).toEqual([]);
    await chats.dropTrash(thirtyDaysMs);
    expect(await rowsLeft()).toBeGreaterThan(0);
    model.play(finish());
    await done;
    await chats.dropTrash(thirtyDaysMs);
    expect(await rowsLeft()).toBe(0);
    expect(await engine.db.select().from(usageEntry)).toMatchObject([{ chatId }]);
  });

  test("what is being written in a chat that is deleted is stopped and kept", async () => {
    const bus = createLocalBus();
    const { chatId, streaming, chats, generation, done, model } = await answering({ bus });
    const useCases = actingOn({ chats, model, streaming }, bus);
    expect(await useCases.moveToTrash(ada, chatId)).toMatchObject({ deletedAt: expect.any(String) });
    await done;
    expect(model.isAborted()).toBe(true);
    expect(await chats.message(chatId, generation.messageId)).toMatchObject({
      status: "stopped",
      parts: [{ type: "text", text: "as far as" }],
    });
  });

  test("a chat is given no fallback model that nobody offers", async () => {
    const bus = createLocalBus();
    const { chats, model, streaming } = core();
    const useCases = actingOn({ chats, model, streaming }, bus);
    await add("one");
    const naming = (id: string) => ({ settings: { routing: { fallbackModels: [id] } } });
    expect(await failure(useCases.update(ada, "one", naming("nowhere")))).toMatchObject({
      type: "invalid_request",
      details: { field: "settings.routing.fallbackModels", model: "nowhere" },
    });
    expect(await useCases.update(ada, "one", naming("scripted/model"))).toMatchObject(
      naming("scripted/model"),
    );
  });

  test("nobody stops an answer by deleting a chat that is not theirs", async () => {
    const { chatId, chats, streaming, generation } = await answering();
    expect(await chats.keepMany(bob.userId, [chatId], { deleted: true })).toEqual({
      chatIds: [],
      writers: [],
    });
    expect((await streaming.get(generation.id))?.status).not.toBe("stopping");
    await streaming.drain(0);
  });

  test("new answers are counted over all chats but those put away, and by an index of their own", async () => {
    const { chats } = core();
    await engine.db.execute(sql`
      insert into chat (id, user_id, unread_since, archived_at, deleted_at)
      select 'many-' || n, 'ada',
        case when n % 100 = 0 then now() end, case when n = 100 then now() end, case when n = 200 then now() end
      from generate_series(1, 10000) n`);
    await engine.db.insert(chat).values({ id: "bobs", userId: "bob", unreadSince: new Date() });
    expect(await chats.countUnread("ada")).toBe(98);
    await engine.db.execute(sql`analyze chat`);
    const plan = await rows(
      engine.db,
      z.record(z.string(), z.unknown()),
      sql`explain select count(*) from chat
        where user_id = 'ada' and unread_since is not null and archived_at is null and deleted_at is null`,
    );
    expect(JSON.stringify(plan)).toContain("chat_unread");
  });

  test("a chat is unread from when an answer has ended until its person has looked or asks on", async () => {
    const { chatId, chats, streaming, done, model } = await answering();
    const isUnread = async () => (await chats.get("ada", chatId))?.unreadSince !== null;
    expect(await isUnread()).toBe(false);
    model.play(finish());
    await done;
    expect(await isUnread()).toBe(true);
    await chats.update("ada", chatId, { unread: false });
    expect(await isUnread()).toBe(false);
    await chats.update("ada", chatId, { unread: true });
    const next = await streaming.send(ada, ask(chatId, "u2", "And?"), options());
    expect(await isUnread()).toBe(false);
    await streaming.stop("ada", chatId, null);
    await next.done;
    expect(await isUnread(), "whoever stops it is looking").toBe(false);
  });

  test("a question brings a chat back from the archive", async () => {
    const { chats, streaming } = core();
    await add("one");
    await chats.update("ada", "one", { archived: true });
    await streaming.send(ada, ask("one", "u1", "Hello?"), options());
    expect(await idsOf({})).toEqual(["one"]);
    await streaming.drain(0);
  });

  function actingOn(
    { chats, model, streaming }: Pick<ReturnType<typeof core>, "chats" | "model" | "streaming">,
    bus = createLocalBus(),
  ) {
    return createChats({
      store: chats,
      models: directoryOf(model),
      casts: createCasts({ store: createCastStore(engine.db), bus }),
      settings: createSettingsStore(engine.db),
      bus,
      progressOf: streaming.progressOf,
      partsOf: streaming.partsOf,
      stop: streaming.stop,
    });
  }

  async function answering(parts: Parameters<typeof core>[0] = {}) {
    const chatId = createId();
    const model = { ...createScriptedProvider(), listModels: async () => [priced] };
    const process = core({ models: directoryOf(model), ...parts }, model);
    const { generation, done } = await process.streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    process.model.play(text("as far as"));
    await untilText(process.streaming, generation, "as far as");
    return { ...process, chatId, generation, done };
  }

  async function add(...ids: string[]) {
    for (const id of ids) await engine.db.insert(chat).values({ id, userId: "ada" });
  }

  async function idsOf(filter: { archived?: boolean; deleted?: boolean }) {
    const page = await core().chats.list("ada", { archived: false, deleted: false, ...filter }, null, 50);
    return page.items.map(({ id }) => id).toSorted();
  }

  async function age(id: string, time: string) {
    await engine.db.execute(
      sql`update chat set deleted_at = deleted_at - ${time}::interval where id = ${id}`,
    );
  }

  async function rowsLeft() {
    const counts = await Promise.all(
      ["message", "generation", "generation_event"].map((name) =>
        engine.db.$count(sql`${sql.identifier(name)}`),
      ),
    );
    return counts.reduce((total, count) => total + count, 0);
  }
});

const thirtyDaysMs = 30 * 86_400_000;

const priced = plainModel({ id: "scripted/model", provider: "scripted", inputPrice: 1, outputPrice: 1 });
