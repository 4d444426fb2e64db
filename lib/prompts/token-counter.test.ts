import { expect, test } from "vitest";
import { estimateTokens } from "./estimate-tokens";
import { createTokenCounter, encodingOf } from "./token-counter";

test.each([
  ["openai/gpt-5-mini", "o200k_base"],
  ["gpt-4o", "o200k_base"],
  ["openai/o3", "o200k_base"],
  ["o4-mini", "o200k_base"],
  ["openai/gpt-4.1", "o200k_base"],
  ["openai/gpt-4", "cl100k_base"],
  ["gpt-3.5-turbo:extended", "cl100k_base"],
  ["anthropic/claude-opus-4.1", null],
  ["deepseek/deepseek-r1-0528:free", null],
  ["own/gpt-4o", null],
])("%s has %s", (model, encoding) => {
  expect(encodingOf(model)).toBe(encoding);
});

test("a model whose tokenizer is not known is estimated, and said to be", async () => {
  const [count] = await counter().count("anthropic/claude", [{ text: "Hello there" }]);
  expect(count).toEqual({ tokens: estimateTokens("Hello there"), isEstimate: true });
});

test("a tokenizer that cannot be had is no failure, but an estimate", async () => {
  const failing = createTokenCounter({ load: () => Promise.reject(new Error("no such file")) });
  expect(await failing.count("gpt-5", [{ text: "Hello" }])).toEqual([{ tokens: 2, isEstimate: true }]);
});

test("a long text is counted in pieces that end where words do, and others have their turn between them", async () => {
  const pieces: string[] = [];
  let rests = 0;
  let clock = 0;
  const slow = createTokenCounter({
    load: async () => (piece) => {
      pieces.push(piece);
      clock += 10;
      return 1;
    },
    rest: async () => {
      rests++;
    },
    now: () => clock,
  });
  const text = "word ".repeat(10_000).trimEnd();
  const [count] = await slow.count("gpt-5", [{ text }]);
  expect(pieces.join("")).toBe(text);
  expect(pieces.slice(1).every((piece) => piece.startsWith(" word"))).toBe(true);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(4_096);
  expect(count).toEqual({ tokens: pieces.length, isEstimate: false });
  expect(rests).toBeGreaterThan(pieces.length / 3);
});

test("a text without an end of a word is cut all the same, in no character, and only estimated", async () => {
  const pieces: string[] = [];
  const text = "👋".repeat(5_000);
  const [count] = await counter(pieces).count("gpt-5", [{ text }]);
  expect(pieces.join("")).toBe(text);
  expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
  expect(count?.isEstimate).toBe(true);
});

test("no text is taken for another one, however alike they are named", async () => {
  const pieces: string[] = [];
  const counting = counter(pieces);
  await counting.count("gpt-5", [{ text: "Mine", isKept: true }]);
  await counting.count("gpt-5", [{ text: "Hers", isKept: true }]);
  expect(pieces).toEqual(["Mine", "Hers"]);
});

test("a message is counted once, and again when it has grown", async () => {
  const pieces: string[] = [];
  const counting = counter(pieces);
  await counting.count("gpt-5", [{ text: "Once", isKept: true }]);
  await counting.count("gpt-5", [{ text: "Once", isKept: true }, { text: "Once" }]);
  await counting.count("gpt-5", [{ text: "Once upon", isKept: true }]);
  await counting.count("gpt-4", [{ text: "Once upon", isKept: true }]);
  expect(pieces).toEqual(["Once", "Once", "Once upon", "Once upon"]);
});

function counter(pieces: string[] = []) {
  return createTokenCounter({
    load: async () => (piece) => {
      pieces.push(piece);
      return piece.length;
    },
  });
}
