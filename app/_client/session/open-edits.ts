import { drafts } from "@/app/_client/drafts/drafts";

/** What is typed so far in the place of a text. Changed in place: nothing is drawn by it. */
export interface Typed {
  text: string;
  /** Whether its field is on the page. */
  shown: "never" | "now" | "before";
  hasFocus: boolean;
  /** Whether words would be lost without it. */
  isUnsaved(): boolean;
  /** Over a reload. */
  keep(): void;
}

/** Of a text that is kept only as long as the page is there. */
export function typedFrom(text: string): Typed {
  return { text, shown: "never", hasFocus: false, isUnsaved: () => false, keep() {} };
}

/**
 * What is being made of the messages of a chat, until it is saved or given up: however often a message is drawn
 * anew, while it is not shown, and over a reload, after which its editor begins with it.
 */
export function createOpenEdits(chatId: string) {
  const open = new Map<string, Typed>();
  const placeOf = (messageId: string) => `edit.${chatId}.${messageId}`;

  return {
    openEdit: (messageId: string): Typed | null => open.get(messageId) ?? null,

    beginEdit(messageId: string, text: string): Typed {
      const place = placeOf(messageId);
      const typed: Typed = {
        ...typedFrom(drafts.read(place) || text),
        isUnsaved: () => open.get(messageId) === typed && typed.text !== text,
        keep: () => drafts.write(place, typed.isUnsaved() ? typed.text : ""),
      };
      open.set(messageId, typed);
      return typed;
    },

    endEdit(messageId: string): void {
      open.delete(messageId);
      drafts.write(placeOf(messageId), "");
    },
  };
}
