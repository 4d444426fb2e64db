import { expect, test } from "vitest";
import {
  ariaKeysOf,
  isPressed,
  isSingleKey,
  type KeyPress,
  keyNames,
  type ShortcutName,
  shortcuts,
} from "./shortcuts";

test("a shortcut is pressed with Ctrl, and on a Mac with ⌘ only", () => {
  expect(isPressed("openPalette", press("k", { ctrlKey: true }), false)).toBe(true);
  expect(isPressed("openPalette", press("k", { metaKey: true }), true)).toBe(true);
  expect(isPressed("openPalette", press("k", { ctrlKey: true }), true)).toBe(false);
  expect(isPressed("openPalette", press("k"), false)).toBe(false);
});

test("a further modifier makes it another shortcut", () => {
  expect(isPressed("openPalette", press("K", { ctrlKey: true, shiftKey: true }), false)).toBe(false);
  expect(isPressed("openPalette", press("k", { ctrlKey: true, altKey: true }), false)).toBe(false);
  expect(isPressed("newChat", press("O", { ctrlKey: true, shiftKey: true }), false)).toBe(true);
});

test("a sign is found where the keyboard has it", () => {
  expect(isPressed("openShortcuts", press("/", { ctrlKey: true }), false)).toBe(true);
  expect(isPressed("openShortcuts", press("/", { ctrlKey: true, shiftKey: true }), false)).toBe(true);
});

test("on a keyboard with other letters the place of the key counts", () => {
  expect(isPressed("openPalette", press("л", { ctrlKey: true, code: "KeyK" }), false)).toBe(true);
  expect(isPressed("openPalette", press("k", { ctrlKey: true, code: "KeyV" }), false)).toBe(true);
});

test("a key that an input method takes is no shortcut", () => {
  expect(isPressed("openShortcuts", press("?", { shiftKey: true, isComposing: true }), false)).toBe(false);
  expect(isPressed("send", press("Enter", { keyCode: 229 }), false)).toBe(false);
});

test("only a character without Ctrl or ⌘ counts as a single key", () => {
  expect(isSingleKey("openShortcuts", press("?", { shiftKey: true }))).toBe(true);
  expect(isSingleKey("openShortcuts", press("/", { ctrlKey: true }))).toBe(false);
});

test("no two shortcuts are the same keys", () => {
  const keys = Object.values(shortcuts).flatMap((shortcut): readonly string[] => shortcut.keys);
  expect(new Set(keys).size).toBe(keys.length);
});

test("no shortcut takes what browsers and editors mean by it", () => {
  const taken = /^Mod\+(Shift\+)?[ABCDFGHIJLMNPQRSTUVWXYZ0-9]$|^Mod\+[EO]$|^Alt/;
  for (const name of Object.keys(shortcuts) as ShortcutName[]) {
    for (const keys of shortcuts[name].keys) expect(keys).not.toMatch(taken);
  }
});

test("keys are named as they are on the keyboard", () => {
  expect(keyNames("Mod+Shift+O", false)).toEqual(["Ctrl", "Shift", "O"]);
  expect(keyNames("Mod+Enter", true)).toEqual(["⌘", "↩"]);
  expect(keyNames("ArrowUp", true)).toEqual(["↑"]);
});

test("assistive technology is told the keys of the keyboard that is there", () => {
  expect(ariaKeysOf("newChat", false)).toBe("Control+Shift+O");
  expect(ariaKeysOf("newChat", true)).toBe("Meta+Shift+O");
  expect(ariaKeysOf("openShortcuts", true)).toBe("Meta+/ ?");
});

function press(key: string, given: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    code: "",
    keyCode: 0,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    isComposing: false,
    ...given,
  };
}
