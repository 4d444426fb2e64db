import { isComposing } from "./composition";

interface Shortcut {
  /** As `KeyboardEvent.key` names them; `Mod` is ⌘ on a Mac and Ctrl elsewhere. */
  keys: readonly string[];
  group: "everywhere" | "answer" | "composer";
}

/**
 * Every shortcut there is: the handlers ask this table, and the sheet shows it. Chosen so that no
 * browser, input method or screen reader means something else by them.
 */
export const shortcuts = {
  openPalette: { keys: ["Mod+K"], group: "everywhere" },
  openShortcuts: { keys: ["Mod+/", "?"], group: "everywhere" },
  newChat: { keys: ["Mod+Shift+O"], group: "everywhere" },
  stopAnswer: { keys: ["Mod+;"], group: "answer" },
  copyAnswer: { keys: ["Mod+:"], group: "answer" },
  formerVersion: { keys: ["ArrowLeft"], group: "answer" },
  nextVersion: { keys: ["ArrowRight"], group: "answer" },
  send: { keys: ["Enter"], group: "composer" },
  sendAnyway: { keys: ["Mod+Enter"], group: "composer" },
  newLine: { keys: ["Shift+Enter"], group: "composer" },
  earlierQuestion: { keys: ["ArrowUp"], group: "composer" },
  laterQuestion: { keys: ["ArrowDown"], group: "composer" },
} as const satisfies Record<string, Shortcut>;

export type ShortcutName = keyof typeof shortcuts;

export type KeyPress = Pick<
  KeyboardEvent,
  "key" | "code" | "keyCode" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey" | "isComposing"
>;

export function isPressed(name: ShortcutName, press: KeyPress, isMac = isOnMac()): boolean {
  return shortcuts[name].keys.some((keys) => matches(keys, press, isMac));
}

/** A key without Ctrl or ⌘ that a person might also be typing. */
export function isSingleKey(name: ShortcutName, press: KeyPress): boolean {
  return shortcuts[name].keys.some((keys) => keys.length === 1 && matches(keys, press, false));
}

/** What stands on the keys, one text a key: `["Ctrl", "K"]`. */
export function keyNames(keys: string, isMac = isOnMac()): string[] {
  return keys.split("+").map((key) => (isMac ? macNames[key] : names[key]) ?? names[key] ?? key);
}

/** The same for `aria-keyshortcuts`. */
export function ariaKeysOf(name: ShortcutName, isMac = isOnMac()): string {
  return shortcuts[name].keys.map((keys) => keys.replace("Mod", isMac ? "Meta" : "Control")).join(" ");
}

export function isOnMac(): boolean {
  return typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);
}

const names: Record<string, string> = {
  Mod: "Ctrl",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
};
const macNames: Record<string, string> = { Mod: "⌘", Shift: "⇧", Enter: "↩" };

function matches(keys: string, press: KeyPress, isMac: boolean): boolean {
  const modifiers = keys.split("+");
  const key = modifiers.pop() ?? "";
  // On a Mac, Ctrl and a letter edit text.
  const isModified = isMac ? press.metaKey && !press.ctrlKey : press.ctrlKey || press.metaKey;
  const isAnyModified = press.metaKey || press.ctrlKey;
  if (isComposing(press) || press.altKey) return false;
  if (modifiers.includes("Mod") ? !isModified : isAnyModified) return false;
  // Where a sign stands, and whether it takes Shift, is another on each keyboard.
  if (!isSign(key) && modifiers.includes("Shift") !== press.shiftKey) return false;
  return keyOf(press, key).toLowerCase() === key.toLowerCase();
}

function isSign(key: string): boolean {
  return key.length === 1 && !isLatin(key);
}

/** Of a keyboard with other letters, the key in the same place. */
function keyOf({ key, code }: KeyPress, wanted: string): string {
  return isLatin(wanted) && !isLatin(key) ? code.replace(/^Key/, "") : key;
}

function isLatin(key: string): boolean {
  return /^[a-z]$/i.test(key);
}
