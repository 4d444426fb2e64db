import fc from "fast-check";
import { expect, test } from "vitest";
import type { Lorebook } from "@/lib/characters/card";
import { parseCard } from "@/lib/characters/parse-card";
import { matchLore } from "./match-lore";

const settings = { countTokens: (text: string) => text.length };

test("an entry is told when one of its keys is said, in any case unless it asks for its own", () => {
  const book = bookOf([
    { keys: ["tower", "spire"], content: "Old." },
    { keys: ["Tower"], content: "Named.", case_sensitive: true },
    { keys: ["", "  "], content: "An empty key is no key." },
  ]);
  expect(told(book, ["The TOWER"])).toEqual(["Old."]);
  expect(told(book, ["A Tower", "and more"])).toEqual(["Old.", "Named."]);
  expect(told(book, ["nothing"])).toEqual([]);
});

test("a selective entry wants one of its second keys as well, as a list or as a text with commas", () => {
  for (const secondary_keys of [["night", "dusk"], "night, dusk"]) {
    const book = bookOf([{ keys: ["tower"], content: "Dark.", selective: true, secondary_keys }]);
    expect(told(book, ["the tower"])).toEqual([]);
    expect(told(book, ["the tower at dusk"])).toEqual(["Dark."]);
  }
  const unselective = bookOf([
    { keys: ["tower"], content: "Dark.", selective: false, secondary_keys: ["night"] },
  ]);
  expect(told(unselective, ["the tower"])).toEqual(["Dark."]);
});

test("constant entries are always told, and those that are off or empty never", () => {
  const book = bookOf([
    { keys: [], content: "Always.", constant: true },
    { keys: ["a"], content: "Off.", constant: true, enabled: false },
    { keys: ["a"], content: "  ", constant: true },
  ]);
  expect(told(book, [])).toEqual(["Always."]);
});

test("entries are told by their order, before or after the description", () => {
  const book = bookOf([
    { constant: true, content: "second", insertion_order: 20 },
    { constant: true, content: "first", insertion_order: 10, position: "after_char" },
    { constant: true, content: "before", insertion_order: 30, position: "before_char" },
  ]);
  expect(matchLore(book, [], settings)).toMatchObject({
    beforeDescription: ["before"],
    afterDescription: ["first", "second"],
  });
});

test("only the newest messages are searched, as many as the book or the entry says", () => {
  const texts = ["dragon", "b", "c", "d", "e"];
  const entry = { keys: ["dragon"], content: "Fire." };
  expect(told(bookOf([entry]), texts)).toEqual([]);
  expect(told(bookOf([entry], { scan_depth: 5 }), texts)).toEqual(["Fire."]);
  expect(told(bookOf([entry], { scan_depth: 0 }), ["dragon"])).toEqual([]);
  expect(told(bookOf([{ ...entry, content: "@@scan_depth 5\nFire." }]), texts)).toEqual(["Fire."]);
});

test("what is told calls up more where the book says so, and never for ever", () => {
  const entries = [
    { keys: ["a"], content: "says b" },
    { keys: ["b"], content: "says c" },
    { keys: ["c"], content: "says a" },
  ];
  expect(told(bookOf(entries), ["a!"])).toEqual(["says b"]);
  expect(told(bookOf(entries, { recursive_scanning: true }), ["a!"])).toEqual(["says b", "says c", "says a"]);
});

test("over the budget the lowest priority goes first, and that is said", () => {
  const book = bookOf(
    [
      { constant: true, content: "aaaa", insertion_order: 1, priority: 5 },
      { constant: true, content: "bbbb", insertion_order: 2, priority: 1 },
      { constant: true, content: "cccc", insertion_order: 3, priority: 9 },
    ],
    { token_budget: 9 },
  );
  const { afterDescription, notes } = matchLore(book, [], settings);
  expect(afterDescription).toEqual(["aaaa", "cccc"]);
  expect(notes).toEqual([{ entry: 1, problem: "over_budget" }]);
});

test("keys that are patterns are not used, which is said, and cost nothing", () => {
  const book = bookOf([{ keys: ["(a+)+$"], content: "Never.", use_regex: true, constant: true }]);
  expect(matchLore(book, [`${"a".repeat(50_000)}!`], settings)).toEqual({
    beforeDescription: [],
    afterDescription: [],
    notes: [{ entry: 0, problem: "pattern_not_used" }],
  });
});

test("decorators are taken off the text; those that are not known have no effect, which is said", () => {
  const book = bookOf([
    { keys: [], content: "@@activate\n\nTold." },
    { keys: ["x"], constant: true, content: "@@dont_activate\nNot told." },
    { keys: ["x"], content: "@@depth 4\n@@role system\nPlain." },
    { keys: ["x"], content: "@@some_app_only 1\n@@@exclude_keys y\nFallback." },
    { keys: [], content: "@@additional_keys x, z\nMore." },
  ]);
  const { afterDescription, notes } = matchLore(book, ["x and y"], settings);
  expect(afterDescription).toEqual(["Told.", "Plain.", "More."]);
  expect(notes).toEqual([{ entry: 2, problem: "decorators_ignored" }]);
});

test("a book of any size is searched with bounded work, and what was not searched is said", () => {
  const entries = Array.from({ length: 5_000 }, (_, index) => ({
    keys: Array.from({ length: 20 }, (_, key) => `k${index}-${key}`),
    content: "x",
  }));
  const texts = Array.from({ length: 4 }, () => "nothing of it ".repeat(2_000));
  const { notes } = matchLore(bookOf(entries), texts, settings);
  expect(notes.length).toBeGreaterThan(0);
  expect(notes.every(({ problem }) => problem === "not_searched")).toBe(true);
});

test("no book whatever fails, the order never depends on the texts, and the budget is kept", () => {
  const entry = fc.record({
    keys: fc.array(fc.constantFrom("a", "b", "c", "")),
    content: fc.constantFrom("a", "says b", "@@activate\nc", "@@nonsense\nd", ""),
    insertion_order: fc.integer({ min: 0, max: 3 }),
    constant: fc.boolean(),
    selective: fc.boolean(),
    secondary_keys: fc.oneof(fc.constant(null), fc.constant(7), fc.array(fc.constantFrom("a", "b"))),
    priority: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant("high")),
    use_regex: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(entry), fc.array(fc.string()), fc.nat(20), (entries, texts, token_budget) => {
      const book = bookOf(entries, { token_budget, recursive_scanning: true });
      const { beforeDescription, afterDescription } = matchLore(book, texts, settings);
      const all = [...beforeDescription, ...afterDescription];
      expect(all.join("").length).toBeLessThanOrEqual(token_budget);
      expect(matchLore(book, texts, settings).afterDescription).toEqual(afterDescription);
    }),
  );
});

function told(book: Lorebook, texts: readonly string[]): string[] {
  const { beforeDescription, afterDescription } = matchLore(book, texts, settings);
  return [...beforeDescription, ...afterDescription];
}

function bookOf(entries: readonly object[], more: object = {}): Lorebook {
  const filled = entries.map((entry, index) => ({ keys: [], insertion_order: index, ...entry }));
  const card = parseCard({
    spec: "chara_card_v3",
    data: { name: "A", character_book: { ...more, entries: filled } },
  });
  return card.data.character_book ?? { extensions: {}, entries: [] };
}
