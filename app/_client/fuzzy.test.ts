import { expect, test } from "vitest";
import { fuzzyScore } from "./fuzzy";

test("a text is found by its words in any order, and by parts of them", () => {
  expect(fuzzyScore("A plan for the garden", "garden plan")).toBeGreaterThan(0);
  expect(fuzzyScore("A plan for the garden", "gard")).toBeGreaterThan(0);
  expect(fuzzyScore("A plan for the garden", "")).toBeGreaterThan(0);
});

test("letters may be left out, but not come from all over the text", () => {
  expect(fuzzyScore("Toggle the side bar", "tgl")).toBeGreaterThan(0);
  expect(fuzzyScore("A plan for the garden in the north", "an north garden zoo")).toBe(0);
  expect(fuzzyScore("a very long title that holds nearly every letter", "alt")).toBe(0);
});

test("accents and case do not matter", () => {
  expect(fuzzyScore("Über die Straße", "uber")).toBeGreaterThan(0);
  expect(fuzzyScore("東京の天気", "天気")).toBeGreaterThan(0);
});

test("what begins with the words comes before what only holds them", () => {
  const scores = ["Garden plan", "The garden", "Kindergarden", "Great ardent night"].map((text) =>
    fuzzyScore(text, "garden"),
  );
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(new Set(scores).size).toBe(scores.length);
});
