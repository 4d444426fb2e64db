import { isPressed } from "@/app/_client/page/shortcuts";
import { sendWith } from "@/app/_client/preferences";

/** Whether this key sends what is in a field for questions, as the person wants it. */
export function isSending(event: KeyboardEvent): boolean {
  if (isPressed("sendAnyway", event)) return true;
  if (!isPressed("send", event) || sendWith.read() !== "enter") return false;
  // On a keyboard of the screen nothing else begins a new line.
  return !window.matchMedia("(pointer: coarse)").matches;
}
