import { isFilePart } from "@/lib/chats/file-part";
import { type Message, messageStatuses } from "@/lib/chats/message";
import { isTextPart, type Part } from "@/lib/chats/part";
import { sourceList } from "@/lib/chats/source-list";
import { isToolPart, notRunReasonOf, type ToolPart } from "@/lib/chats/tool-part";
import type { Translate } from "@/lib/i18n/server-translator";
import type { ExportedChat } from "./exported-chat";

/** The visible branch of a chat to read: questions and answers, no thoughts and no versions; files and tool calls by name. */
export function markdownOf(chat: ExportedChat, t: Translate): string {
  const title = (chat.title ?? t("chat.untitled")).replace(/\s+/g, " ");
  const sections = pathOf(chat).map((message) => sectionOf(message, t));
  return [`\n---\n\n# ${title}\n\n${chat.createdAt.slice(0, 10)}\n`, ...sections].join("\n");
}

function sectionOf({ role, model, parts, status, metadata }: Message, t: Translate): string {
  const speaker = role === "user" ? t("export.person") : (model ?? t("message.answer"));
  const isCut = cutStatuses.has(status) || metadata.finishReason !== undefined;
  const cut = isCut ? `\n\n*${t("export.cut")}*` : "";
  return `## ${speaker}\n\n${bodyOf(parts, t)}${cut}\n`;
}

function bodyOf(parts: readonly Part[], t: Translate): string {
  const sources = sourceList(parts);
  const pieces = paragraphsOf(parts, t);
  if (sources !== "") pieces.push(`${t("sources.label")}:\n\n${sources}`);
  return pieces.join("\n\n").trim();
}

/** Texts that follow each other are one. */
function paragraphsOf(parts: readonly Part[], t: Translate): string[] {
  const paragraphs: string[] = [];
  let text = "";
  for (const part of parts) {
    if (isTextPart(part)) {
      text += part.text;
      continue;
    }
    const name = nameOf(part, t);
    if (name === null) continue;
    paragraphs.push(text.trim(), `*${name}*`);
    text = "";
  }
  return [...paragraphs, text.trim()].filter((paragraph) => paragraph !== "");
}

function nameOf(part: Part, t: Translate): string | null {
  if (isFilePart(part)) return t("export.file", { name: inline(part.filename ?? part.mediaType) });
  if (isToolPart(part)) return t(outcomeOf(part), { name: inline(part.title ?? part.toolName) });
  return null;
}

function outcomeOf({ state, resultProviderMetadata }: ToolPart) {
  if (state === "output-available") return "export.toolDone";
  const hasFailed = state === "output-error" && notRunReasonOf(resultProviderMetadata) === null;
  return hasFailed ? "export.toolFailed" : "export.toolNotRun";
}

/** A name is no Markdown. */
function inline(name: string): string {
  return name.replace(/\s+/g, " ").replace(/[\\[\]<>*_`]/g, "\\$&");
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
