import fc from "fast-check";
import { expect, test } from "vitest";
import { matchLore } from "@/lib/characters/lore/match-lore";
import type { PatternEngine } from "@/lib/characters/lore/pattern-engine";
import { patternLimits } from "@/lib/characters/lore/pattern-reader";
import { stepsMax } from "@/lib/characters/lore/scan";
import { bookOf, loreSettings, said } from "@/lib/characters/lore/testing/book-of";
import { re2Patterns } from "./re2-patterns";

const plain = { ignoresCase: false, dotIsAll: false, isMultiline: false };

test.each([
  ["drag(on|ons)\\b", "dragons!", true],
  ["^тест\\d+$", "тест42", true],
  ["\\u0041|\\x42", "B", true],
  ["(?<name>a)b", "ab", true],
  ["a/b", "a/b", true],
  ["a.b", "a\nb", false],
  ["[]a]", "]", false],
])("%j in %j: %s", (source, text, isIn) => {
  expect(re2Patterns.compile(source, plain)?.isIn(text)).toBe(isIn);
});

test("flags say what case, line breaks and line ends are", () => {
  const isIn = (source: string, text: string, flags: object) =>
    re2Patterns.compile(source, { ...plain, ...flags })?.isIn(text);
  expect(isIn("ÄB", "äb", { ignoresCase: true })).toBe(true);
  expect(isIn("a.b", "a\nb", { dotIsAll: true })).toBe(true);
  expect(isIn("^b$", "a\nb\nc", { isMultiline: true })).toBe(true);
});

test.each(["(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b", "(a)\\1", "(", "a{1001}", "[z-a]", "(".repeat(900)])(
  "%j is not taken",
  (source) => {
    expect(re2Patterns.compile(source, plain)).toBeNull();
  },
);

test.each([
  ["pattern_not_used", ["(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b", "(a)\\1", "a{1001}"]],
  ["pattern_invalid", ["(", "a)", "[z-a]", "[", "a{2,1}", "*a", "a**", "(?<n", "\\", "(".repeat(900)]],
])("what is not taken is named for what it is: %s", (problem, sources) => {
  const entries = sources.map((key) => ({ keys: [key, "said"], content: key, use_regex: true }));
  const settings = { ...loreSettings, patterns: re2Patterns };
  const { report } = matchLore(bookOf(entries), said(["said"]), settings);
  expect(report.notes.map((note) => note.problem)).toEqual(sources.map(() => problem));
  expect(report.told).toHaveLength(problem === "pattern_invalid" ? 0 : sources.length);
});

test("the patterns of strangers take a bounded number of steps, whatever they are", () => {
  const atom = fc.constantFrom("a", ".", "[^b]", "\\w", "(a+)+", "(a|a)*", "(?:a?){50}", "\\p{L}", "$", "^");
  const times = fc.constantFrom("", "*", "+", "{2,50}", "{1000}", "{30}{30}");
  const pattern = fc
    .array(fc.tuple(atom, times), { minLength: 1, maxLength: 12 })
    .map((parts) => parts.map(([each, count]) => `(${each})${count}`).join(""));
  fc.assert(
    fc.property(fc.array(pattern, { maxLength: 40 }), fc.constantFrom("a", "ab", "é "), (keys, unit) => {
      const entries = keys.map((key) => ({ keys: [`(${key})+$`, key], content: "x", use_regex: true }));
      const texts = Array.from({ length: 4 }, () => `${unit.repeat(10_000)}!`);
      const work = watched();
      matchLore(bookOf(entries), said(texts), { ...loreSettings, patterns: work.engine });
      expect(work.size()).toBeLessThanOrEqual(4 * patternLimits.sizeSumMax);
      expect(work.steps()).toBeLessThanOrEqual(stepsMax);
    }),
    { numRuns: 15 },
  );
});

test("what backtracks for ever elsewhere is answered", () => {
  const entries = ["(a+)+$", "^(a|aa)+$", "(.*a){20}$"].map((key) => ({
    keys: [key],
    content: "Told.",
    use_regex: true,
  }));
  const settings = { ...loreSettings, patterns: re2Patterns };
  const { report } = matchLore(bookOf(entries), said([`${"a".repeat(19_000)}!`]), settings);
  expect(report).toEqual({ told: [], notes: [] });
});

/** The engine, with what it is given to do: sizes of programs, and those times the characters that they go over. */
function watched() {
  let size = 0;
  let steps = 0;
  const engine: PatternEngine = {
    compile(source, flags) {
      const pattern = re2Patterns.compile(source, flags);
      size += pattern?.size ?? 0;
      return (
        pattern && {
          ...pattern,
          isIn(text) {
            steps += pattern.size * text.length;
            return pattern.isIn(text);
          },
        }
      );
    },
  };
  return { engine, size: () => size, steps: () => steps };
}
