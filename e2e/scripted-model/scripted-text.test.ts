import { expect, test } from "vitest";

import { namedModels } from "./named-models.ts";
import { scriptedReasoning, scriptedText, textHash, textTokens, tokenize } from "./scripted-text.ts";
import { scriptFor } from "./turn.ts";

const textOf = (prompt: string) => scriptedText(scriptFor("scripted/burst", prompt));

test("the same script is the same text for ever", () => {
  expect(textOf("[[tokens=12]]")).toBe(
    "Willow marble winter morning ladder pepper thunder seven ribbon 10. Feather candle.",
  );
  expect(textHash(textOf("[[tokens=1000]]"))).toBe(
    "077bad90870da4db218df6c669ec733628e720699038df3d94929f069393f9e3",
  );
});

test("a hundred words are a hundred words", () => {
  const text = scriptedText(scriptFor("scripted/hundred-words", "Go"));
  expect(text.split(/\s+/)).toHaveLength(100);
});

test("losing, doubling or swapping any token changes the text", () => {
  const tokens = textTokens(scriptFor("scripted/burst", "[[tokens=60]]"));
  const whole = tokens.join("");
  for (const index of tokens.keys()) {
    expect(tokens.toSpliced(index, 1).join("")).not.toBe(whole);
    expect(tokens.toSpliced(index, 0, tokens[index] ?? "").join("")).not.toBe(whole);
  }
});

test("tokens never hold half a character and lose nothing", () => {
  const text = textOf("[[text=unicode]]");
  for (const source of [text, "😀".repeat(30), `a${"😀".repeat(30)}`]) {
    const tokens = tokenize(source);
    expect(tokens.join("")).toBe(source);
    expect(tokens.filter((token) => !token.isWellFormed())).toEqual([]);
  }
  expect(tokenize(` \n${text}`).join("")).toBe(` \n${text}`);
});

test("a text is repeated to the length asked for", () => {
  expect(textTokens(scriptFor("scripted/markdown", "[[tokens=2000]]"))).toHaveLength(2000);
  expect(textOf("[[text=echo tokens=4]] a b ")).toBe("a b\n\na b\n\n");
});

test("a text chosen without a length is played once, whatever the model's length is", () => {
  expect(textOf("[[say=Hi]]")).toBe("Hi");
  expect(textOf("[[tokens=3 say=Hi]]")).toBe("Hi\n\nHi\n\nHi\n\n");
});

test("reasoning reads otherwise than the answer", () => {
  const script = scriptFor("scripted/burst", "[[tokens=20 reasoning=20]]");
  expect(scriptedReasoning(script)).not.toBe(scriptedText(script));
});

test("every listed model has a script and a text", () => {
  const lengths = namedModels.map(({ id }) => scriptedText(scriptFor(id, "Hello")).length);
  expect(lengths.filter((length) => length === 0)).toHaveLength(2);
});
