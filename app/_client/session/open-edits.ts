import { drafts } from "@/app/_client/drafts/drafts";

/** What is typed so far in the place of a text. Changed in place: nothing is drawn by it. */
export interface Typed {
  /** Of this beginning of it alone: what draws its field begins anew with another. */
  id: number;
  text: string;
  /** Whether its field is on the page. */
  shown: "never" | "now" | "before";
  hasFocus: boolean;
  /** Whether words would be lost without it. */
  isUnsaved(): boolean;
  /** Over a reload. */
  keep(): void;
}

let begun = 0;

/** Of a text that is kept only as long as the page is there. */
export function typedFrom(text: string): Typed {
  begun += 1;
  return { id: begun, text, shown: "never", hasFocus: false, isUnsaved: () => false, keep() {} };
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

    /** Goes on with one that is open; `words` are put before what there is of it. */
    beginEdit(messageId: string, text: string, words = ""): Typed {
      const place = placeOf(messageId);
      const former = open.get(messageId);
      if (former && words === "") return former;
      const newer = former?.isUnsaved() ? former.text : drafts.read(place);
      const isOpen = () => open.get(messageId) === typed;
      const typed: Typed = {
        ...typedFrom([words, newer].filter((part) => part !== "").join("\n\n") || text),
        isUnsaved: () => isOpen() && typed.text !== text,
        keep() {
          if (isOpen()) drafts.write(place, typed.text === text ? "" : typed.text);
        },
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
