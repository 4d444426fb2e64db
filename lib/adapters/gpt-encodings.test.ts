import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { estimateTokens } from "@/lib/prompts/estimate-tokens";
import { createTokenCounter } from "@/lib/prompts/token-counter";
import { loadGptEncoding } from "./gpt-encodings";

const counter = createTokenCounter({ load: loadGptEncoding });

test.each([
  ["gpt-4o", "hello world", 2],
  ["gpt-4o", "<|endoftext|>", 7],
  ["gpt-4", "hello world", 2],
  ["gpt-4", "مرحبا 👋", 7],
])("%s has of %j its own count", async (model, text, tokens) => {
  expect(await counter.count(model, [{ text }])).toEqual([{ tokens, isEstimate: false }]);
});

test("a long text counts in pieces what it counts whole", async () => {
  const text = (await readFile("README.md", "utf8")).repeat(3);
  const whole = (await loadGptEncoding("o200k_base"))(text);
  expect(await counter.count("gpt-4o", [{ text }])).toEqual([{ tokens: whole, isEstimate: false }]);
});

test.each(["README.md", "lib/prompts/composer.ts", "e2e/scripted-model/texts/unicode.txt"])(
  "the estimate of %s is near the count, and not much below it",
  async (path) => {
    const text = await readFile(path, "utf8");
    const [count] = await counter.count("gpt-4o", [{ text }]);
    const ratio = estimateTokens(text) / (count?.tokens ?? 0);
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.5);
  },
);
