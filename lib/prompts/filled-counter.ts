import { createPlaceholderRoom, fillPlaceholders } from "./placeholders";

export interface FilledCounting {
  /** As `fillPlaceholders` has them. */
  texts: Readonly<Record<string, string>>;
  seed: string;
  /** Of a whole text about the sum of its parts. */
  countTokens: (text: string) => number;
}

/**
 * Counts the texts of a card as they are told, with their placeholders filled in. What is long is counted once and put
 * in nowhere: a text may name it a hundred thousand times. `null` for a text that has placeholders after too many others.
 */
export function createFilledCounter({ texts, seed, countTokens }: FilledCounting) {
  const room = createPlaceholderRoom();
  const isShort = (text: string) => text.length <= shortMax;
  const shortened = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, isShort(text) ? text : ""]),
  );
  const sizes = new Map<string, number>();

  function sizeOf(name: string): number {
    const text = texts[name] ?? "";
    if (isShort(text)) return 0;
    const size = sizes.get(name) ?? countTokens(text);
    sizes.set(name, size);
    return size;
  }

  return (template: string): number | null => {
    if (!/[{<]/.test(template)) return countTokens(template);
    let putIn = 0;
    const onText = (name: string) => {
      putIn += sizeOf(name);
    };
    const rest = fillPlaceholders(template, { texts: shortened, seed, room, onText }, { isCard: true });
    return room.placeholdersLeft > 0 && room.charactersLeft > shortMax ? putIn + countTokens(rest) : null;
  };
}

// A name is put in: counted by itself it would be rounded up each time.
const shortMax = 50;
