import type { Message } from "@/lib/chats/message";
import { textOf } from "@/lib/chats/part";
import type { PromptMessage } from "@/lib/models/provider";

const cutOffNotes: Partial<Record<Message["status"], string>> = {
  stopped: "The person stopped your previous answer before it was finished.",
  interrupted: "Your previous answer was cut off by a technical fault before it was finished.",
  failed: "Your previous answer was cut off by a technical fault before it was finished.",
};

type Told = Pick<Message, "role" | "parts" | "status">;

/** What the model is told of one message. */
export interface HistoryEntry extends PromptMessage {
  messageId: string;
  /** Not said by anybody: how the message before it ended. */
  isNote: boolean;
}

/**
 * The conversation as the model is told it, root first. Answers that came to nothing are left
 * out; one that was cut off is followed by a note, so that the model does not take it for whole.
 * Messages are told as they are stored: placeholders in them are text.
 */
export function historyOf(path: readonly Told[]): PromptMessage[] {
  return path.flatMap((message) => toldOf(message).map(({ role, text }) => ({ role, text })));
}

/** The same, with where it comes from. */
export function historyEntries(path: readonly (Told & { id: string })[]): HistoryEntry[] {
  return path.flatMap((message) => toldOf(message).map((told) => ({ ...told, messageId: message.id })));
}

function toldOf({ role, parts, status }: Told): Omit<HistoryEntry, "messageId">[] {
  const text = textOf(parts);
  if (text === "") return [];
  const note = role === "assistant" ? cutOffNotes[status] : undefined;
  const said = { role, text, isNote: false };
  return note === undefined ? [said] : [said, { role: "system", text: note, isNote: true }];
}
