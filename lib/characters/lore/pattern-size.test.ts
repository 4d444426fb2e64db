import { expect, test } from "vitest";
import { createPatternReader, patternLimits, slashedPattern } from "./pattern-reader";
import { patternSize } from "./pattern-size";

test.each([
  ["", 0],
  ["abc", 3],
  ["a{10}", 10],
  ["(ab){10}", 40],
  ["x{3}{3}", 9],
  ["((a{10}){10}){10}", 1_220],
  ["[(){}]{3}", 3],
  ["\\({3}\\\\{2}", 5],
  ["a{2}b{3}", 5],
  ["a{,3}", 5],
  ["((((", 8],
  ["))))", 8],
  ["x{3,}", 3],
  ["\\p{L}\\pN{2}[^\\PL\\p{N}]", 205],
  ["x{1,30}?", 31],
])("%j comes to %d", (source, size) => {
  expect(patternSize(source)).toBe(size);
});

test("large patterns, and too many small ones, are not given to the engine", () => {
  const given: string[] = [];
  const read = createPatternReader({
    compile(source) {
      given.push(source);
      return { size: 1, isIn: () => true };
    },
  });
  const flags = { ignoresCase: false, dotIsAll: false, isMultiline: false };
  for (const source of ["(x{1000}){1000}", "x".repeat(patternLimits.lengthMax + 1), "(a{50}){50}"]) {
    expect(read({ source, flags })).toEqual({ problem: "pattern_too_large" });
  }
  expect(given).toEqual([]);
  const many = Array.from({ length: 10_000 }, () => read({ source: "x{100}", flags }));
  expect(many.slice(-1)).toEqual([{ problem: "pattern_too_large" }]);
  expect(given.length * (100 + patternLimits.sizeEach)).toBeLessThanOrEqual(patternLimits.sizeSumMax);
});

test.each([
  ["/a/", "a", false],
  ["/a\\/b/i", "a/b", true],
  ["/a\\\\/gi", "a\\\\", true],
  ["/a/b/", null, false],
  ["//", null, false],
  ["/a", null, false],
  ["/a/x", null, false],
  ["a/b/i", null, false],
])("%j in slashes is the pattern %j", (key, source, ignoresCase) => {
  const written = slashedPattern(key);
  expect(written?.source ?? null).toBe(source);
  expect(written?.flags.ignoresCase ?? false).toBe(ignoresCase);
});
