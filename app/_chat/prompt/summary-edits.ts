import type { ChatSession } from "@/app/_client/session/chat-session";
import { type Typed, typedFrom } from "@/app/_client/session/open-edits";
import type { Summary } from "./use-summary";

export interface SummaryEdit {
  /** As it was when the editor was opened: what becomes of it elsewhere takes no words away. */
  summary: Summary;
  typed: Typed;
}

/**
 * The summary that is being edited in each chat. Kept outside of what draws it, for that is put elsewhere, and made
 * anew, whenever the model is told the chat from another message on.
 */
export const summaryEdits = {
  of: (session: ChatSession): SummaryEdit | null => edits.get(session) ?? null,

  begin(session: ChatSession, summary: Summary): void {
    edits.set(session, { summary, typed: typedFrom(summary.text) });
    tell();
  },

  /** Unless another one was begun meanwhile. */
  end(session: ChatSession, edit: SummaryEdit): void {
    if (edits.get(session) !== edit) return;
    edits.delete(session);
    tell();
  },

  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};

const edits = new WeakMap<ChatSession, SummaryEdit>();
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}
