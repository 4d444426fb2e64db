import type { Chat } from "@/lib/chats/chat";

export const chatAges = ["pinned", "today", "yesterday", "week", "older"] as const;
export type ChatAge = (typeof chatAges)[number];

export interface ChatGroup {
  age: ChatAge;
  chats: Chat[];
}

/** `today` is the start of the reader's day, in milliseconds. Groups without chats are left out. */
export function groupChats(chats: readonly Chat[], today: number): ChatGroup[] {
  const grouped = Map.groupBy(chats, (chat) => ageOf(chat, today));
  return chatAges.flatMap((age) => {
    const members = grouped.get(age);
    return members ? [{ age, chats: members }] : [];
  });
}

const dayMs = 86_400_000;

function ageOf(chat: Chat, today: number): ChatAge {
  if (chat.pinned) return "pinned";
  const usedAt = Date.parse(chat.updatedAt);
  if (usedAt >= today) return "today";
  if (usedAt >= today - dayMs) return "yesterday";
  if (usedAt >= today - 6 * dayMs) return "week";
  return "older";
}
