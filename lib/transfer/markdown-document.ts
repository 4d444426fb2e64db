import { type Message, messageStatuses } from "@/lib/chats/message";
import { textOf } from "@/lib/chats/part";
import type { Translate } from "@/lib/i18n/server-translator";
import type { ExportedChat } from "./exported-chat";

/** The visible branch of a chat to read: questions and answers, no thoughts and no versions. */
export function markdownOf(chat: ExportedChat, t: Translate): string {
  const title = (chat.title ?? t("chat.untitled")).replace(/\s+/g, " ");
  const sections = pathOf(chat).map((message) => sectionOf(message, t));
  return [`\n---\n\n# ${title}\n\n${chat.createdAt.slice(0, 10)}\n`, ...sections].join("\n");
}

function sectionOf({ role, model, parts, status }: Message, t: Translate): string {
  const speaker = role === "user" ? t("export.person") : (model ?? t("message.answer"));
  const cut = cutStatuses.has(status) ? `\n\n*${t("export.cut")}*` : "";
  return `## ${speaker}\n\n${textOf(parts).trim()}${cut}\n`;
}

const cutStatuses: ReadonlySet<string> = new Set(messageStatuses.filter((status) => status !== "complete"));

/** A leaf that is not there leaves nothing to read. */
function pathOf({ leafMessageId, messages }: ExportedChat): Message[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const path: Message[] = [];
  let next = leafMessageId === null ? undefined : byId.get(leafMessageId);
  while (next) {
    path.push(next);
    byId.delete(next.id);
    next = next.parentId === null ? undefined : byId.get(next.parentId);
  }
  return path.reverse();
}
