import { type ChatMessage, textOfMessage } from "./chat-message";

interface LastLookParts {
  last(): ChatMessage | undefined;
  isVisible(): boolean;
}

/** Whether an answer was read to its last word, also by a reader who left before they were told that it was the last. */
export function createLastLook({ last, isVisible }: LastLookParts) {
  let seen: { messageId: string; text: string } | null = null;
  let wasVisible = isVisible();

  return {
    /** To be called whenever the reader may have turned away, or back. */
    turned(): void {
      if (isVisible() === wasVisible) return;
      wasVisible = isVisible();
      const message = last();
      const isGrowing = message?.metadata?.status === "streaming";
      seen = !wasVisible && isGrowing ? { messageId: message.id, text: textOfMessage(message) } : null;
    },

    /** To be asked when the answer has ended. */
    hasSeenAll(): boolean {
      const message = last();
      if (isVisible() || !message || seen?.messageId !== message.id) return isVisible();
      return seen.text === textOfMessage(message);
    },
  };
}
