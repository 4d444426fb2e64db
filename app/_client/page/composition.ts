/**
 * Whether a key belongs to an input method, which is composing a word and takes Enter and the arrows for
 * itself. Safari ends the composition before it tells of the Enter that ended it: the flag is gone by then,
 * and only the code 229 is left. No time is measured, so that an Enter right after it is a real one.
 */
export function isComposing({
  isComposing,
  keyCode,
}: Pick<KeyboardEvent, "isComposing" | "keyCode">): boolean {
  return isComposing || keyCode === 229;
}
