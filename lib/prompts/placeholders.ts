import { createChooser } from "./stable-choice";

export interface PlaceholderValues {
  /** `{{name}}` by its lower-case name. A text put in is not looked at again: nothing in it is a placeholder. */
  texts: Readonly<Record<string, string>>;
  /** Keeps `{{random}}`, `{{pick}}` and `{{roll}}` the same wherever it is the same: a chat's id. */
  seed: string;
  /** What may still be put in, shared by all texts that are filled in with it; for one text alone unless given. */
  room?: PlaceholderRoom;
  /** Is told the lower-case name of each of `texts` that is put in. */
  onText?: (name: string) => void;
}

export interface PlaceholderRoom {
  charactersLeft: number;
  /** Each choice and each die counts as one more. */
  placeholdersLeft: number;
}

/** For all texts of one prompt: what finds no room stays as it was written. */
export function createPlaceholderRoom(): PlaceholderRoom {
  return { charactersLeft: addedMax, placeholdersLeft: placeholdersMax };
}

/**
 * Fills in the placeholders of one text, from left to right and once. Names are those of SillyTavern and of the
 * character card specification, in any case; what is not known stays as it is. `{{trim}}` takes the line breaks
 * around it, `{{newline}}` is one, `{{// …}}` and `{{comment: …}}` are nothing. In the text of a card `<USER>`,
 * `<BOT>` and `<CHAR>` are names too, as cards of the first version have them.
 */
export function fillPlaceholders(
  template: string,
  { texts, seed, room = createPlaceholderRoom(), onText }: PlaceholderValues,
  { isCard = false }: { isCard?: boolean } = {},
): string {
  const chooser = createChooser(seed);
  // One by one: to trim a text that has been joined would take its whole length each time.
  const filled: string[] = [];
  let isTrimming = false;
  let at = 0;

  function add(piece: string): void {
    const from = isTrimming ? firstNotNewline(piece) : 0;
    if (from === piece.length) return;
    isTrimming = false;
    filled.push(piece.slice(from));
  }

  function choose(what: string, count: number): number {
    room.placeholdersLeft -= 1;
    return chooser(what, count);
  }

  function trim(): void {
    isTrimming = true;
    for (let last = filled.pop(); last !== undefined; last = filled.pop()) {
      const kept = withoutNewlinesAtEnd(last);
      if (kept === "") continue;
      filled.push(kept);
      return;
    }
  }

  for (const found of template.matchAll(isCard ? cardPlaceholder : placeholder)) {
    if (room.placeholdersLeft <= 0) break;
    room.placeholdersLeft -= 1;
    add(template.slice(at, found.index));
    at = found.index + found[0].length;
    const inner = found[1]?.trim() ?? legacyNames.get(found[0].toLowerCase()) ?? "";
    if (inner.toLowerCase() === "trim") trim();
    else add(textFor(inner) ?? found[0]);
  }
  add(template.slice(at));
  return filled.join("");

  function textFor(inner: string): string | null {
    if (inner.startsWith("//")) return "";
    const [, name = "", list = ""] = /^(\w+)\s*(?:::?([\s\S]*))?$/.exec(inner) ?? blankRoll.exec(inner) ?? [];
    const key = name.toLowerCase();
    const text = Object.hasOwn(texts, key) ? texts[key] : undefined;
    if (text !== undefined && !inner.includes(":")) {
      if (text.length > room.charactersLeft) return null;
      room.charactersLeft -= text.length;
      onText?.(key);
      return text;
    }
    switch (key) {
      case "newline":
        return "\n";
      case "noop":
      case "comment":
      case "hidden_key":
        return "";
      case "random":
      case "pick": {
        const options = optionsOf(list);
        return options[choose(`${key} ${list}`, options.length)] ?? "";
      }
      case "roll":
        return roll(list.trim(), choose);
      case "reverse":
        return Array.from(list).reverse().join("");
      default:
        return null;
    }
  }
}

// More than any model is told; a card may name a long text a hundred thousand times.
const addedMax = 1_000_000;
// To find and fill in as many takes some 50 ms at worst; cards have dozens.
const placeholdersMax = 20_000;

// No braces inside: of one placeholder in another the inner one is found, and nothing is scanned twice.
const placeholder = /\{\{([^{}]*)\}\}/g;
const cardPlaceholder = /\{\{([^{}]*)\}\}|<(?:user|bot|char)>/gi;

// SillyTavern's dice may follow a blank.
const blankRoll = /^(roll)\s+(\S+)$/i;

const legacyNames = new Map([
  ["<user>", "user"],
  ["<bot>", "char"],
  ["<char>", "char"],
]);

/** `a::b` or `a,b`, where `\,` is a comma. */
function optionsOf(list: string): string[] {
  if (list.includes("::")) return list.split("::").map((option) => option.trim());
  return list.split(/(?<!\\),/).map((option) => option.replaceAll("\\,", ",").trim());
}

const diceMax = 100;
const sidesMax = 1_000_000;

/** `6`, `d6` or `2d6`; `null` for what is no die. */
function roll(dice: string, choose: (what: string, count: number) => number): string | null {
  const [, number = "1", sides = ""] = /^(?:(\d{1,3})?d)?(\d{1,7})$/i.exec(dice) ?? [];
  const [count, sidesEach] = [Number(number), Number(sides)];
  if (count < 1 || count > diceMax || sidesEach < 1 || sidesEach > sidesMax) return null;
  let sum = 0;
  for (let die = 0; die < count; die++) sum += 1 + choose(`roll ${dice}`, sidesEach);
  return String(sum);
}

function firstNotNewline(text: string): number {
  let at = 0;
  while (text[at] === "\n" || text[at] === "\r") at++;
  return at;
}

function withoutNewlinesAtEnd(text: string): string {
  let end = text.length;
  while (text[end - 1] === "\n" || text[end - 1] === "\r") end--;
  return text.slice(0, end);
}
