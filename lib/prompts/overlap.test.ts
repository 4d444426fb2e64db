import { expect, test } from "vitest";
import { createOverlapTrimmer } from "./overlap";

const partial = "The quick brown fox jumps over the lazy";

test.each([
  ["nothing repeated", " dog.", " dog."],
  ["the last words repeated", "over the lazy dog.", " dog."],
  ["everything repeated", `${partial} dog.`, " dog."],
  ["a repetition after a blank", "\njumps over the lazy dog.", " dog."],
  ["one letter in common", "y dog", "y dog"],
  ["a repetition that is not at the end", "The quick brown fox ran.", "The quick brown fox ran."],
])("%s", (_, continuation, expected) => {
  for (const size of [1, 3, 1000]) {
    const trimmer = createOverlapTrimmer(partial);
    let text = "";
    for (let at = 0; at < continuation.length; at += size)
      text += trimmer.push(continuation.slice(at, at + size));
    expect(text + trimmer.end()).toBe(expected);
  }
});

test("a text that repeats itself goes on as it is told, and loses nothing", () => {
  const line = "A hundred bottles of beer on the wall, ";
  for (const [before, after] of [
    [line.repeat(9), line.repeat(3)],
    [line.repeat(9).slice(0, -10), `${line.slice(-10)}${line.repeat(2)}and none.`],
    [`Once. ${line.repeat(40)}`, line],
  ] as const) {
    const trimmer = createOverlapTrimmer(before);
    expect(trimmer.push(after) + trimmer.end()).toBe(after);
  }
});

test("a text too short to tell is taken as it comes", () => {
  expect(createOverlapTrimmer("Yes").push("Yes, and")).toBe("Yes, and");
});
