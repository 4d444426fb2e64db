import { expect, test } from "vitest";
import { aChat } from "./a-chat";
import { type ChatFilter, type Listing, narrowed, withChats, withoutChats, withPage } from "./chat-listing";

const everything: ChatFilter = { view: "chats", q: "" };

test("a chat that is used moves to the top, below the pinned ones, and is there once", () => {
  const moved = withChats(listing(["p", "a", "b"]), [used("b", 9)]);
  expect(idsOf(moved)).toEqual(["p", "b", "a"]);
});

test("what would come after the part that is known waits for its page", () => {
  expect(idsOf(withChats(listing(["p", "a"], "next"), [used("old", 1)]))).toEqual(["p", "a"]);
  expect(idsOf(withChats(listing(["p", "a"], null), [used("old", 1)]))).toEqual(["p", "a", "old"]);
});

test("a chat leaves a view that it does not belong to any more, and enters the other", () => {
  const archived = { ...used("a", 5), archived: true };
  const deleted = { ...archived, deletedAt: at(9) };
  expect(idsOf(withChats(listing(["p", "a", "b"]), [archived]))).toEqual(["p", "b"]);
  expect(idsOf(withChats({ ...listing([]), filter: { view: "archive", q: "" } }, [archived]))).toEqual(["a"]);
  expect(idsOf(withChats({ ...listing([]), filter: { view: "archive", q: "" } }, [deleted]))).toEqual([]);
  expect(idsOf(withChats({ ...listing([]), filter: { view: "trash", q: "" } }, [deleted]))).toEqual(["a"]);
});

test("a chat that moved while the pages were fetched is listed once", () => {
  const more = withPage(listing(["p", "a"], "2"), { items: [used("a", 5), used("c", 1)], nextCursor: null });
  expect(idsOf(more)).toEqual(["p", "a", "c"]);
  expect(more.nextCursor).toBeNull();
});

test("the first page takes the place of what was guessed", () => {
  const guessed: Listing = { filter: everything, chats: [used("gone", 1)], nextCursor: undefined };
  expect(idsOf(withPage(guessed, { items: [used("a", 5)], nextCursor: null }))).toEqual(["a"]);
});

test("of a list that is whole its filtered part is whole as well, in any case of letters", () => {
  const chats = [
    { ...used("a", 3), title: "Über Ebbe" },
    { ...used("b", 2), title: "Flut" },
  ];
  const whole: Listing = { filter: everything, chats, nextCursor: null };
  const part = narrowed(whole, { view: "chats", q: "ÜBER" });
  expect([idsOf(part), part.nextCursor]).toEqual([["a"], null]);
  expect(narrowed({ ...whole, nextCursor: "2" }, { view: "chats", q: "flut" }).nextCursor).toBeUndefined();
  expect(narrowed(whole, { view: "trash", q: "" }).nextCursor).toBeUndefined();
});

test("a removal touches its chat only", () => {
  expect(idsOf(withoutChats(listing(["p", "a", "b"]), new Set(["a"])))).toEqual(["p", "b"]);
});

function listing(ids: readonly string[], nextCursor: string | null = null): Listing {
  const chats = ids.map((id, index) => ({ ...used(id, 8 - index), pinned: id === "p" }));
  return { filter: everything, chats, nextCursor };
}

function used(id: string, minute: number) {
  return aChat({ id, updatedAt: at(minute) });
}

function at(minute: number): string {
  return `2026-03-10T10:0${minute}:00.000Z`;
}

function idsOf({ chats }: Listing): string[] {
  return chats.map(({ id }) => id);
}
