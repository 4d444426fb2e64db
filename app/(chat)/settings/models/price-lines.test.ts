import { expect, test } from "vitest";
import { priceLine, pricesIn } from "./price-lines";

test("a line names a model, two prices and the length of its context, and is written as it was read", () => {
  const text = "llama-3.3-70b 0.25 2 128000\nlocal/qwen - - 8192\n* 1 0";
  expect(pricesIn(text)).toEqual([
    { model: "llama-3.3-70b", inputPrice: 0.25, outputPrice: 2, contextLength: 128_000 },
    { model: "local/qwen", inputPrice: null, outputPrice: null, contextLength: 8_192 },
    { model: "*", inputPrice: 1, outputPrice: 0, contextLength: null },
  ]);
  expect(pricesIn(text)?.map(priceLine).join("\n")).toBe(text);
});

test.each(["llama", "llama 1", "llama 1 x", "llama 1 2 8k", "llama -1 2", "llama 1 2 3 4"])(
  "a line that is none is refused: %s",
  (line) => {
    expect(pricesIn(`* 1 2\n${line}`)).toBeNull();
  },
);
