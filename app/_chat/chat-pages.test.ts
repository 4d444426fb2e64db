import { expect, test } from "vitest";
import { aChat } from "./a-chat";
import { allChats, type ChatPage, withChange, withChatOnTop, withoutChat } from "./chat-pages";

const pages: ChatPage[] = [
  { items: [aChat({ id: "p", pinned: true }), aChat({ id: "a" })], nextCursor: "2" },
  { items: [aChat({ id: "b" })], nextCursor: null },
];

test("a chat that is used moves to the top, below the pinned ones, and is there once", () => {
  const moved = withChatOnTop(pages, aChat({ id: "b", title: "B" }));
  expect(idsOf(moved)).toEqual(["p", "b", "a"]);
  expect(moved.map((page) => page.nextCursor)).toEqual(["2", null]);
});

test("a pinned chat that is used comes first", () => {
  expect(idsOf(withChatOnTop(pages, aChat({ id: "q", pinned: true })))).toEqual(["q", "p", "a", "b"]);
});

test("the first chat of all makes a page", () => {
  expect(idsOf(withChatOnTop([], aChat({ id: "a" })))).toEqual(["a"]);
});

test("a chat that moved while the pages were fetched is listed once", () => {
  const twice = [...pages, { items: [aChat({ id: "a" })], nextCursor: null }];
  expect(idsOf(twice)).toEqual(["p", "a", "b"]);
});

test("a change and a removal touch their chat only", () => {
  expect(allChats(withChange(pages, "b", { title: "New" })).map((chat) => chat.title)).toEqual([
    null,
    null,
    "New",
  ]);
  expect(idsOf(withoutChat(pages, "a"))).toEqual(["p", "b"]);
});

function idsOf(list: readonly ChatPage[]): string[] {
  return allChats(list).map((chat) => chat.id);
}
