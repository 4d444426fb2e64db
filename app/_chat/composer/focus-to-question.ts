import { offeredActions } from "@/app/_client/page/actions";
import { handOnFocus } from "@/app/_ui/hand-on-focus";

/** For what goes away in a chat. By touch it is the conversation: in the field a keyboard would open over it. */
export const focusToQuestion = handOnFocus(() => {
  if (window.matchMedia("(pointer: fine)").matches) offeredActions().writeQuestion?.();
  else document.querySelector<HTMLElement>("[data-scroller]")?.focus({ preventScroll: true });
});
