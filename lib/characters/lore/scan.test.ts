import { expect, test, vi } from "vitest";
import { matchLore } from "./match-lore";
import { bookOf, loreSettings, said } from "./testing/book-of";

test("each text is prepared once in each of the two cases, however many entries search it", () => {
  const texts = Array.from({ length: 300 }, () => "nothing of it ".repeat(1_800));
  const entries = Array.from({ length: 200 }, (_, index) => ({
    keys: [`key ${index}`],
    secondary_keys: ["none"],
    selective: true,
    case_sensitive: index % 2 === 0,
  }));
  const work = countWork(() => matchBook(entries, texts));
  expect(work.prepared).toBeLessThan(2 * 300 * 27_000);
  expect(work.preparations).toBeLessThan(2_000);
});

test("the characters that are compared are bounded, whatever the book and however long the conversation", () => {
  const long = Array.from({ length: 300 }, () => "x".repeat(25_000));
  const short = Array.from({ length: 20_000 }, () => "x");
  for (const texts of [long, short]) {
    const entries = Array.from({ length: 500 }, (_, index) => ({ keys: [`k${index}`, "other"] }));
    const work = countWork(() => matchBook(entries, texts));
    expect(work.compared).toBeLessThan(12_000_000);
    expect(work.comparisons).toBeLessThan(10_000);
    expect(work.prepared).toBeLessThan(10_000_000);
  }
});

test("the places that are looked around for whole words are bounded, however many there are", () => {
  const extensions = { match_whole_words: true };
  const entries = Array.from({ length: 2_000 }, () => ({ keys: ["a"], extensions }));
  const tried = vi.spyOn(RegExp.prototype, "test");
  const { report } = matchBook(entries, ["a".repeat(20_000)]);
  const places = tried.mock.calls.length;
  vi.restoreAllMocks();
  expect(places).toBeLessThan(500_000);
  expect(report.notes.at(-1)).toMatchObject({ problem: "not_searched" });
});

test("only keys are searched for that a text is passed over once for", () => {
  const slow = `${"a".repeat(2_500)}b${"a".repeat(2_499)}`;
  const searched = vi.spyOn(String.prototype, "includes");
  matchBook([{ keys: [slow, slow.slice(2_300, 2_700), slow.slice(2_400, 2_650)] }], ["a".repeat(20_000)]);
  const keys = searched.mock.calls.map(([key]) => String(key).length);
  vi.restoreAllMocks();
  expect(keys.filter((length) => length > 100)).toEqual([250]);
});

test("an entry without keys searches nothing", () => {
  const entries = Array.from({ length: 50 }, () => ({ keys: [] }));
  const work = countWork(() => matchBook(entries, ["x".repeat(20_000)]));
  expect(work.prepared).toBeLessThan(20_000);
});

test("a key is found in one message, and not where one ends and the next begins", () => {
  const entry = { keys: ["one two"], content: "Told." };
  expect(matchBook([entry], ["one ", "two"]).afterDescription).toEqual([]);
  expect(matchBook([entry], ["İİİ", "One Two"]).afterDescription).toEqual(["Told."]);
});

/** Characters that are handed to the string functions that look at each of them. */
function countWork(run: () => unknown) {
  const sliced = vi.spyOn(String.prototype, "slice");
  const lowered = vi.spyOn(String.prototype, "toLowerCase");
  const searched = vi.spyOn(String.prototype, "includes");
  run();
  const made = [...sliced.mock.results, ...lowered.mock.results].map(({ value }) => String(value).length);
  const compared = searched.mock.calls.map(
    ([, from = 0], index) => String(searched.mock.contexts[index]).length - from,
  );
  vi.restoreAllMocks();
  return {
    preparations: made.filter((length) => length > 100).length,
    prepared: sum(made),
    comparisons: compared.length,
    compared: sum(compared),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function matchBook(entries: readonly object[], texts: readonly string[]) {
  const filled = entries.map((entry) => ({ content: "x", insertion_order: 0, ...entry }));
  return matchLore(bookOf(filled, { scan_depth: 1_000_000 }), said(texts), loreSettings);
}
