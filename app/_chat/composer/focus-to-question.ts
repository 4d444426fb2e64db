import { focusConversation } from "@/app/_chat/transcript/focus-to-conversation";
import { offeredActions } from "@/app/_client/page/actions";
import { handOnFocus } from "@/app/_ui/hand-on-focus";

/** For what goes away in a chat. By touch it is the conversation: in the field a keyboard would open over it. */
export const focusToQuestion = handOnFocus(() => {
  const { writeQuestion } = offeredActions();
  if (writeQuestion && window.matchMedia("(pointer: fine)").matches) writeQuestion();
  else focusConversation();
});
