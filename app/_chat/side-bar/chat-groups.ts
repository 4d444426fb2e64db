import { type ChatView, momentOf } from "@/app/_chat/chat-list/chat-listing";
import type { Chat } from "@/lib/chats/chat";
import { locale } from "@/lib/i18n/languages";
import { t } from "@/lib/i18n/translator";

export interface ChatGroup {
  key: string;
  name: string;
  chats: Chat[];
}

/**
 * Chats under the time of their last use (in the trash, of their removal), in the order they came.
 * `today` is the start of the reader's day, in milliseconds.
 */
export function groupChats(chats: readonly Chat[], view: ChatView, today: number): ChatGroup[] {
  const groups = new Map<string, ChatGroup>();
  for (const chat of chats) {
    const { key, name } = placeOf(chat, view, today);
    const group = groups.get(key);
    if (group) group.chats.push(chat);
    else groups.set(key, { key, name: name(), chats: [chat] });
  }
  return [...groups.values()];
}

const dayMs = 86_400_000;
const monthNames = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });

function placeOf(chat: Chat, view: ChatView, today: number): { key: string; name(): string } {
  if (chat.pinned && view !== "trash") return { key: "pinned", name: () => t("sideBar.pinned") };
  const at = Date.parse(momentOf(view, chat));
  if (at >= today) return { key: "today", name: () => t("sideBar.today") };
  if (at >= today - dayMs) return { key: "yesterday", name: () => t("sideBar.yesterday") };
  if (at >= today - 7 * dayMs) return { key: "week", name: () => t("sideBar.week") };
  const local = new Date(at + offsetOf(today));
  return {
    key: `${local.getUTCFullYear()}-${local.getUTCMonth() + 1}`,
    name: () => monthNames.format(local),
  };
}

/** Of the reader's clock from UTC, as their midnight tells it: the server, which draws first, has another zone. */
function offsetOf(today: number): number {
  const past = today % dayMs;
  return past > dayMs / 2 ? dayMs - past : -past;
}
