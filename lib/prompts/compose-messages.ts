import type { PromptMessage } from "@/lib/models/provider";
import type { HistoryEntry } from "./history";
import { type Interjection, joinSections, type Sections } from "./sections";

/** One message of a prompt, and what it is. */
export type ComposedMessage = PromptMessage & {
  part: "sections" | "summary" | "history" | "note" | "lore" | "post";
  /** Of what stands in the chat. */
  messageId: string | null;
};

export interface ComposedFrom {
  sections: Sections;
  /** What stands for the messages that are left out. */
  summary: string | null;
  /** What is told of the conversation, the newest question last. */
  history: readonly HistoryEntry[];
  marksCache: boolean;
}

/**
 * The messages as the model is sent them: the sections as one system message, the summary, the conversation with what
 * is told within it, and right before its newest question what is said after everything else.
 */
export function composeMessages({ sections, summary, history, marksCache }: ComposedFrom): ComposedMessage[] {
  const before = joinSections(sections.before, sections.separator);
  const after = joinSections(sections.after, sections.separator);
  const told = history.map(
    ({ role, text, isNote, messageId }): ComposedMessage => ({
      role,
      text,
      part: isNote ? "note" : "history",
      messageId,
    }),
  );
  const questionAt = told.at(-1)?.role === "user" ? told.length - 1 : told.length;
  const messages = [
    ...system("sections", before),
    ...system("summary", summary === null ? null : summaryText(summary)),
    ...withInterjections(told, sections.within, { at: questionAt, messages: system("post", after) }),
  ];
  return marksCache ? withCacheMarks(messages) : messages;
}

/** What stands in one place with `last` goes before that. */
function withInterjections(
  told: readonly ComposedMessage[],
  within: readonly Interjection[],
  last: { at: number; messages: readonly ComposedMessage[] },
): ComposedMessage[] {
  const messages: ComposedMessage[] = [];
  let next = 0;
  for (let at = 0; at <= told.length; at++) {
    for (; next < within.length && told.length - (within[next]?.depth ?? 0) <= at; next++) {
      const { role, text } = within[next] ?? {};
      if (role && text) messages.push({ role, text, part: "lore", messageId: null });
    }
    if (at === last.at) messages.push(...last.messages);
    messages.push(...told.slice(at, at + 1));
  }
  return messages;
}

/** A summary as it is told. */
export function summaryText(summary: string): string {
  return `${summaryHead}${summary}`;
}

const summaryHead = "Summary of the earlier part of this conversation, which is not repeated below:\n";

function system(part: "sections" | "summary" | "post", text: string | null): ComposedMessage[] {
  return text === null ? [] : [{ role: "system", text, part, messageId: null }];
}

/**
 * Marks up to where the prompt stays the same: the last message before the conversation, and the newest question that
 * will stand in the same place next time. What is said before the newest question or a depth moves on with it, so
 * then that is the question before the first of these.
 */
function withCacheMarks(messages: readonly ComposedMessage[]): ComposedMessage[] {
  const prefix = messages.findLastIndex(({ part }) => part === "sections" || part === "summary");
  const moving = messages.findIndex(({ part }) => part === "post" || part === "lore");
  const stable = messages.findLastIndex(
    ({ role, part }, index) => role === "user" && part === "history" && (moving === -1 || index < moving),
  );
  return messages.map((message, index) =>
    index === prefix || index === stable ? { ...message, isCached: true } : message,
  );
}

/** What a provider is handed of them. */
export function plain(messages: readonly ComposedMessage[]): PromptMessage[] {
  return messages.map(({ role, text, isCached }) => (isCached ? { role, text, isCached } : { role, text }));
}
