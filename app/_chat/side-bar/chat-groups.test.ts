import { expect, test } from "vitest";
import { aChat } from "@/app/_chat/chat-list/a-chat";
import { groupChats } from "./chat-groups";

const today = Date.parse("2026-03-10T00:00:00Z");

test("chats stand under the time at which they were last used, in the order they came", () => {
  const groups = groupChats(
    [
      used("pinned", "2026-01-01T10:00:00Z", true),
      used("noon", "2026-03-10T12:00:00Z"),
      used("midnight", "2026-03-10T00:00:00Z"),
      used("late", "2026-03-09T23:59:59Z"),
      used("week", "2026-03-03T00:00:00Z"),
      used("month", "2026-03-02T23:59:59Z"),
      used("before", "2026-02-28T12:00:00Z"),
      used("long ago", "2025-02-01T00:00:00Z"),
    ],
    "chats",
    today,
  );
  expect(groups.map(({ name, chats }) => [name, chats.map((chat) => chat.id)])).toEqual([
    ["Pinned", ["pinned"]],
    ["Today", ["noon", "midnight"]],
    ["Yesterday", ["late"]],
    ["Previous 7 days", ["week"]],
    ["March 2026", ["month"]],
    ["February 2026", ["before"]],
    ["February 2025", ["long ago"]],
  ]);
});

test("a month begins by the reader's clock", () => {
  const chat = used("new year", "2025-12-31T20:00:00Z");
  const inTokyo = Date.parse("2026-03-10T00:00:00+09:00");
  const inBoston = Date.parse("2026-03-10T00:00:00-05:00");
  const nameAt = (midnight: number) => groupChats([chat], "chats", midnight)[0]?.name;
  expect([nameAt(inTokyo), nameAt(inBoston)]).toEqual(["January 2026", "December 2025"]);
});

test("in the trash it is the removal that counts, and a pin does not", () => {
  const chat = { ...used("old", "2020-01-01T00:00:00Z", true), deletedAt: "2026-03-10T08:00:00Z" };
  expect(groupChats([chat], "trash", today).map(({ key }) => key)).toEqual(["today"]);
});

function used(id: string, at: string, pinned = false) {
  return aChat({ id, pinned, updatedAt: new Date(at).toISOString() });
}
