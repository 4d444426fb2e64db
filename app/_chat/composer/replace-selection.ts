import { isComposing } from "@/app/_client/page/composition";
import { isOnMac } from "@/app/_client/page/shortcuts";
import { directionOf } from "./text-direction";

/**
 * Replaces what is selected in a field, as typing does, but in one step: Chromium's own editing takes a time
 * that grows with the square of the lines. 4,000 pasted lines took it 14 s, and set as a value 0.1 s.
 */
export function replaceSelection(field: HTMLTextAreaElement, text: string): void {
  const { value: before, selectionStart, selectionEnd } = field;
  // Before the text is there: from then on it would be looked at as a whole.
  field.dir = directionOf(before.slice(0, selectionStart) + text + before.slice(selectionEnd));
  field.setRangeText(text, selectionStart, selectionEnd, "end");
  const done = steps.get(field) ?? [];
  steps.set(field, [
    ...done.slice(1 - stepsMax),
    { before, selectionStart, selectionEnd, after: field.value },
  ]);
  if (field.selectionEnd === field.value.length) field.scrollTop = field.scrollHeight;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** Takes over what would replace a long selection: a key, a deletion, a cut. And takes back what was replaced. */
export function replaceLongSelections(field: HTMLTextAreaElement): () => void {
  const onBeforeInput = (event: InputEvent) => {
    if (field.selectionEnd - field.selectionStart < longTextMin || event.isComposing) return;
    const text = textFor(event);
    if (text === null) return;
    event.preventDefault();
    replaceSelection(field, text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isUndo(event) && undo(field)) event.preventDefault();
  };
  field.addEventListener("beforeinput", onBeforeInput);
  field.addEventListener("keydown", onKeyDown);
  return () => {
    field.removeEventListener("beforeinput", onBeforeInput);
    field.removeEventListener("keydown", onKeyDown);
  };
}

/** Characters; shorter texts are left to the browser, which can undo them. */
export const longTextMin = 10_000;

/** What was replaced here, of which the browser knows nothing. */
interface Step {
  before: string;
  selectionStart: number;
  selectionEnd: number;
  after: string;
}

const steps = new WeakMap<HTMLTextAreaElement, Step[]>();

/** Each may be a megabyte. */
const stepsMax = 10;

/** What was typed since is the browser's to take back first. */
function undo(field: HTMLTextAreaElement): boolean {
  const done = steps.get(field) ?? [];
  const last = done.at(-1);
  if (last?.after !== field.value) return false;
  steps.set(field, done.slice(0, -1));
  field.dir = directionOf(last.before);
  field.value = last.before;
  field.setSelectionRange(last.selectionStart, last.selectionEnd);
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  return true;
}

function isUndo(event: KeyboardEvent): boolean {
  const isModified = isOnMac() ? event.metaKey : event.ctrlKey;
  return (
    event.key.toLowerCase() === "z" && isModified && !event.shiftKey && !event.altKey && !isComposing(event)
  );
}

function textFor({ inputType, data }: InputEvent): string | null {
  switch (inputType) {
    case "insertText":
      return data;
    case "insertLineBreak":
      return "\n";
    case "deleteContentBackward":
    case "deleteContentForward":
    case "deleteByCut":
      return "";
    default:
      return null;
  }
}
