import { expect, test, vi } from "vitest";
import { parseCard } from "@/lib/characters/parse-card";
import { promptCharacterOf } from "@/lib/characters/prompt-character";
import { keyLimits } from "./key-reader";
import { readBook } from "./read-book";
import { bookOf, loreSettings, plainPatterns } from "./testing/book-of";

test("names in keys make no more of them than a book may have, however many keys and however long a nickname", () => {
  const character_book = {
    entries: [
      { keys: Array.from({ length: 20_000 }, () => "{{char}}".repeat(5)), content: "One." },
      { keys: ["{{char}}".repeat(100_000), "oak"], content: "Two." },
    ],
  };
  const data = { name: "Ada", nickname: "n".repeat(1_000_000), character_book };
  const card = parseCard({ spec: "chara_card_v3", data });
  const lowered = vi.spyOn(String.prototype, "toLowerCase");
  promptCharacterOf(
    { id: "c", card },
    { chatId: "chat", messages: [{ role: "user", text: "oak" }] },
    { countTokens: () => 1, patterns: plainPatterns, profile: null },
  );
  const made = lowered.mock.results.reduce((sum, { value }) => sum + String(value).length, 0);
  vi.restoreAllMocks();
  expect(made).toBeLessThan(keyLimits.lengthSumMax * 2);
  expect(card.data.nickname).toHaveLength(1_000_000);
});

test("of more keys than a book may have the first are used, and what is not is said", () => {
  const many = Array.from({ length: 100_000 }, (_, index) => `k${index}`);
  const book = bookOf([
    { name: "First", keys: many, content: "One." },
    { name: "Second", keys: ["oak"], content: "Two." },
  ]);
  const { entries, notes } = readBook(book, loreSettings);
  expect(entries[0]?.keys.length).toBeLessThanOrEqual(keyLimits.lengthSumMax / keyLimits.lengthEach);
  expect(entries[0]?.keys.at(0)?.shown).toBe("k0");
  expect(notes).toMatchObject([
    { entry: 0, name: "First", problem: "key_too_large" },
    { entry: 1, name: "Second", problem: "key_too_large", what: ["oak"] },
  ]);
});

test("a key that is too long, or becomes so by a name in it, is not used, which is said", () => {
  const long = "x".repeat(keyLimits.lengthMax + 1);
  const book = bookOf([{ keys: [long, "{{char}} ".repeat(20), "{{char}}"], content: "Told." }]);
  const names = { char: "n".repeat(keyLimits.lengthMax / 10), user: "Bob" };
  const { entries, notes } = readBook(book, { ...loreSettings, names });
  expect(entries[0]?.keys.map(({ shown }) => shown)).toEqual(["{{char}}"]);
  expect(notes[0]).toMatchObject({
    problem: "key_too_large",
    what: [expect.any(String), expect.any(String)],
  });
});
