import { expect, test } from "vitest";
import { aChat } from "./a-chat";
import { groupChats } from "./chat-groups";

const today = Date.parse("2026-03-10T00:00:00");

test("chats stand under the age at which they were last used, in the order they came", () => {
  const groups = groupChats(
    [
      used("pinned", "2026-01-01T10:00:00", true),
      used("noon", "2026-03-10T12:00:00"),
      used("midnight", "2026-03-10T00:00:00"),
      used("late", "2026-03-09T23:59:59"),
      used("week", "2026-03-05T00:00:00"),
      used("old", "2026-03-03T23:59:59"),
    ],
    today,
  );
  expect(groups.map(({ age, chats }) => [age, chats.map((chat) => chat.id)])).toEqual([
    ["pinned", ["pinned"]],
    ["today", ["noon", "midnight"]],
    ["yesterday", ["late"]],
    ["week", ["week"]],
    ["older", ["old"]],
  ]);
});

test("an age without chats has no heading", () => {
  expect(groupChats([used("old", "2020-01-01T00:00:00")], today).map((group) => group.age)).toEqual([
    "older",
  ]);
});

function used(id: string, at: string, pinned = false) {
  return aChat({ id, pinned, updatedAt: new Date(at).toISOString() });
}
