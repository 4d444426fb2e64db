import { expect, test } from "vitest";
import type { Chat } from "@/lib/chats/chat";
import { aChat } from "./a-chat";
import type { ChatFilter } from "./chat-listing";
import { createChatLists } from "./chat-lists";

test("an event has its chat fetched, and not the list", async () => {
  const { lists, server, run, calls } = opened([used("a", 2), used("b", 1)]);
  server.set("b", { ...used("b", 5), title: "New name" });
  lists.learn({ type: "chat-updated", chatId: "b" });
  lists.learn({ type: "chat-updated", chatId: "b" });
  await run();
  expect(shownIds(lists)).toEqual(["b", "a"]);
  expect(calls).toEqual(["get b"]);
});

test("a chat that is gone on the server goes here", async () => {
  const { lists, server, run } = opened([used("a", 2), used("b", 1)]);
  server.delete("a");
  lists.learn({ type: "chat-updated", chatId: "a" });
  await run();
  expect(shownIds(lists)).toEqual(["b"]);
});

test("a chat that cannot be fetched now stays", async () => {
  const { lists, run, fail } = opened([used("a", 2)]);
  fail(true);
  lists.learn({ type: "chat-updated", chatId: "a" });
  await run();
  expect(shownIds(lists)).toEqual(["a"]);
});

test("many events at once are one reading of the list", async () => {
  const chats = Array.from({ length: 20 }, (_, index) => used(`c${index}`, 1));
  const { lists, run, calls } = opened(chats);
  for (const { id } of chats) lists.learn({ type: "chat-updated", chatId: id });
  await run();
  expect(calls).toEqual(["list chats"]);
});

test("where events were missed, or are many, the chats that are looked at are fetched as well", async () => {
  const { lists, server, run, calls } = opened([used("open", 2), used("left", 1)]);
  server.set("far", used("far", 1));
  lists.watch("open");
  lists.watch("left")();
  lists.watch("never-stored");
  lists.learn({ type: "resync" });
  await run();
  expect(calls.filter((call) => call.startsWith("get"))).toEqual(["get open"]);

  server.delete("open");
  lists.require("far");
  for (let index = 0; index < 20; index++) lists.learn({ type: "chat-updated", chatId: `c${index}` });
  await run();
  expect(lists.state().gone).toEqual(new Set(["open"]));
  expect(titleOf(lists, "far")).toBe("far");
});

test("a chat whose first question is on its way is not taken for one that was deleted", async () => {
  const { lists, run } = opened([]);
  lists.watch("new");
  lists.expect({ type: "question-asked", chatId: "new", question: "New?", model: null });
  lists.learn({ type: "resync" });
  await run();
  expect(lists.state().gone.size).toBe(0);
});

test("a change shows at once, and outlives what the server said before it knew", async () => {
  const { lists, server, run } = opened([used("a", 2)]);
  const called = Promise.withResolvers<void>();
  const changing = lists.change(
    ["a"],
    (chat) => ({ ...chat, title: "Mine" }),
    () => called.promise,
  );
  expect(titleOf(lists, "a")).toBe("Mine");
  lists.learn({ type: "chat-updated", chatId: "a" });
  await run();
  expect(titleOf(lists, "a")).toBe("Mine");
  server.set("a", { ...used("a", 2), title: "Mine" });
  called.resolve();
  await changing;
  await run();
  expect(titleOf(lists, "a")).toBe("Mine");
});

test("a change that the server refuses is taken back, also without a network", async () => {
  const { lists, run, fail } = opened([used("a", 2), used("b", 1)]);
  fail(true);
  const change = lists.change(
    ["a"],
    () => null,
    () => Promise.reject(new Error("refused")),
  );
  expect(shownIds(lists)).toEqual(["b"]);
  await expect(change).rejects.toThrow("refused");
  await run();
  expect(shownIds(lists)).toEqual(["a", "b"]);
});

test("what was deleted comes back to its place at once", async () => {
  const { lists } = opened([used("a", 3), used("b", 2), used("c", 1)]);
  const keep = (deletedAt: string | null) =>
    lists.change(
      ["b"],
      (chat) => ({ ...chat, deletedAt }),
      async () => {},
    );
  await keep("2026-03-10T11:00:00.000Z");
  expect(shownIds(lists)).toEqual(["a", "c"]);
  void keep(null);
  expect(shownIds(lists)).toEqual(["a", "b", "c"]);
});

test("a filter shows what is known at once, and asks the server when the typing pauses", async () => {
  const first = Array.from({ length: 3 }, (_, index) => ({
    ...used(`t${index}`, 9 - index),
    title: "Tides",
  }));
  const { lists, server, run, calls } = opened(first, "more");
  server.set("old", { ...used("old", 1), title: "Old tides" });
  for (const q of ["t", "ti", "tid"]) lists.show({ view: "chats", q });
  expect(shownIds(lists)).toEqual(["t0", "t1", "t2"]);
  expect(lists.state().shown.isLoading).toBe(true);
  await run();
  expect(shownIds(lists)).toEqual(["t0", "t1", "t2", "old"]);
  expect(calls).toEqual(["list chats tid"]);
  lists.show({ view: "chats", q: "" });
  expect(lists.state().shown).toBe(lists.state().main);
});

test("where all chats are here, a filter asks nobody", async () => {
  const { lists, run, calls } = opened([{ ...used("a", 2), title: "Tides" }, used("b", 1)]);
  lists.show({ view: "chats", q: "TIDE" });
  await run();
  expect(shownIds(lists)).toEqual(["a"]);
  expect(calls).toEqual([]);
});

test("another view is fetched, and keeps up with what is done in it", async () => {
  const { lists, server, run } = opened([used("a", 2)]);
  server.set("kept", { ...used("kept", 1), archived: true });
  lists.show({ view: "archive", q: "" });
  await run();
  expect(shownIds(lists)).toEqual(["kept"]);
  await lists.change(
    ["kept"],
    (chat) => ({ ...chat, archived: false }),
    async () => {},
  );
  expect(shownIds(lists)).toEqual([]);
  expect(lists.state().main.chats.map(({ id }) => id)).toEqual(["a", "kept"]);
});

test("a view that cannot be loaded says so, and is tried again", async () => {
  const { lists, server, run, fail } = opened([]);
  server.set("kept", { ...used("kept", 1), archived: true });
  fail(true);
  lists.show({ view: "archive", q: "" });
  await run();
  expect(lists.state().shown).toMatchObject({ hasFailed: true, isLoading: false });
  fail(false);
  lists.loadMore();
  await run();
  expect(shownIds(lists)).toEqual(["kept"]);
});

test("what is learned while a list is fetched is not undone by it", async () => {
  const generation = { id: "g", messageId: "m", startedAt: "2026-03-10T10:00:00.000Z" };
  const running = { ...generation, status: "streaming" as const, partialLength: 0, readers: 1 };
  const chats = ["ended", "read", "gone", "same"].map((id, minute) => used(id, minute));
  const { lists, server, holdLists } = opened(
    chats.map((chat) => (chat.id === "ended" ? { ...chat, activeGeneration: running } : chat)),
  );
  server.set("read", { ...used("read", 1), unread: true });
  const answer = holdLists();
  lists.refresh();
  lists.learn({
    type: "generation-ended",
    chatId: "ended",
    generationId: "g",
    messageId: "m",
    status: "done",
  });
  await lists.change(
    ["read"],
    (chat) => ({ ...chat, unread: false }),
    async () => {},
  );
  lists.expect({ type: "question-asked", chatId: "new", question: "New?", model: null });
  lists.expect({ type: "question-refused", chatId: "gone", isStored: false });
  answer();
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  expect(lists.state().known.get("ended")?.activeGeneration).toBeNull();
  expect(lists.state().known.get("read")?.unread).toBe(false);
  expect(shownIds(lists)).toEqual(["new", "same", "read", "ended"]);
});

test("a question puts its chat on top before the server has it, and takes it away when it is refused", () => {
  const { lists } = opened([used("a", 2)]);
  lists.expect({ type: "question-asked", chatId: "new", question: "# Why tides?", model: null });
  expect(shownIds(lists)).toEqual(["new", "a"]);
  expect(titleOf(lists, "new")).toBe("Why tides?");
  lists.expect({ type: "question-refused", chatId: "new", isStored: false });
  expect(shownIds(lists)).toEqual(["a"]);
});

test("what is new is counted by the server, also where it is not loaded, and at once where it is read", async () => {
  const { lists, server, run } = opened([used("a", 2)], "more");
  server.set("a", { ...used("a", 3), unread: true });
  server.set("far", { ...used("far", 1), unread: true });
  lists.learn({ type: "chat-updated", chatId: "a" });
  await run();
  expect(lists.state().unreadCount).toBe(2);

  const called = Promise.withResolvers<void>();
  const reading = lists.change(
    ["a"],
    (chat) => ({ ...chat, unread: false }),
    () => called.promise,
  );
  expect(lists.state().unreadCount).toBe(1);
  lists.learn({ type: "chat-updated", chatId: "far" });
  await run();
  expect(lists.state().unreadCount, "what the server does not know yet").toBe(1);
  server.set("a", used("a", 3));
  called.resolve();
  await reading;
  await run();
  expect(lists.state().unreadCount).toBe(1);
});

test("a number that cannot be fetched stays, and a change that is refused counts back", async () => {
  const { lists, server, run, fail } = opened([used("a", 2)]);
  server.set("a", { ...used("a", 3), unread: true });
  lists.learn({ type: "chat-updated", chatId: "a" });
  await run();
  fail(true);
  const refused = lists.change(
    ["a"],
    (chat) => ({ ...chat, unread: false }),
    () => Promise.reject(new Error("refused")),
  );
  expect(lists.state().unreadCount).toBe(0);
  await expect(refused).rejects.toThrow("refused");
  await run();
  expect(lists.state().unreadCount).toBe(1);
});

type Lists = ReturnType<typeof createChatLists>;

/** Lists before a server of theirs that has what is first shown; `run` lets all timers go off and all calls end. */
function opened(chats: readonly Chat[], nextCursor: string | null = null) {
  const server = new Map(chats.map((chat) => [chat.id, chat]));
  const calls: string[] = [];
  const timers = new Set<() => void>();
  let isAway = false;
  let answered = Promise.resolve();
  const lists = createChatLists({
    firstPage: { items: [...chats], nextCursor },
    unreadCount: 0,
    setTimer(start) {
      timers.add(start);
      return () => timers.delete(start);
    },
    calls: {
      async list(filter) {
        calls.push(`list ${filter.view} ${filter.q}`.trim());
        if (isAway) throw new Error("away");
        const items = [...server.values()].filter((chat) => isListed(chat, filter));
        await answered;
        return { items, nextCursor: null };
      },
      async countUnread() {
        if (isAway) throw new Error("away");
        return [...server.values()].filter(({ unread }) => unread).length;
      },
      async get(chatId) {
        calls.push(`get ${chatId}`);
        if (isAway) throw new Error("away");
        return server.get(chatId) ?? null;
      },
    },
  });
  return {
    lists,
    server,
    calls,
    fail: (away: boolean) => {
      isAway = away;
    },
    /** What lists say from now on is what was so when they were asked; it comes with the call of the result. */
    holdLists() {
      const { promise, resolve } = Promise.withResolvers<void>();
      answered = promise;
      return resolve;
    },
    async run() {
      for (const start of timers) {
        timers.delete(start);
        start();
      }
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    },
  };
}

function isListed(chat: Chat, { view, q }: ChatFilter): boolean {
  const found = chat.deletedAt ? "trash" : chat.archived ? "archive" : "chats";
  return found === view && (chat.title ?? "").toLowerCase().includes(q.toLowerCase());
}

function used(id: string, minute: number): Chat {
  return aChat({ id, title: id, updatedAt: `2026-03-10T10:0${minute}:00.000Z` });
}

function shownIds(lists: Lists): string[] {
  return lists.state().shown.chats.map(({ id }) => id);
}

function titleOf(lists: Lists, chatId: string): string | null | undefined {
  return lists.state().known.get(chatId)?.title;
}
