import type { Message } from "@/lib/chats/message";
import { textOf } from "@/lib/chats/part";
import type { PromptMessage } from "@/lib/models/provider";

const cutOffNotes: Partial<Record<Message["status"], string>> = {
  stopped: "The person stopped your previous answer before it was finished.",
  interrupted: "Your previous answer was cut off by a technical fault before it was finished.",
  failed: "Your previous answer was cut off by a technical fault before it was finished.",
};

/**
 * The conversation as the model is told it, root first. Answers that came to nothing are left
 * out; one that was cut off is followed by a note, so that the model does not take it for whole.
 */
export function historyOf(path: readonly Pick<Message, "role" | "parts" | "status">[]): PromptMessage[] {
  return path.flatMap(({ role, parts, status }) => {
    const text = textOf(parts);
    if (text === "") return [];
    const note = role === "assistant" ? cutOffNotes[status] : undefined;
    return note
      ? [
          { role, text },
          { role: "system" as const, text: note },
        ]
      : [{ role, text }];
  });
}
