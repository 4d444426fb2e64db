import { handOnFocus } from "@/app/_ui/hand-on-focus";

/** From there Tab goes on with the first message. */
export function focusConversation(): void {
  document.querySelector<HTMLElement>("[data-scroller]")?.focus({ preventScroll: true });
}

/** For what goes away above the messages. */
export const focusToConversation = handOnFocus(focusConversation);
