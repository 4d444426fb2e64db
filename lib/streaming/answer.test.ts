import { expect, test } from "vitest";
import { createAnswer } from "./answer";
import type { Chunk } from "./chunk";

test("the stored parts are what the chunks wrote, closed even where the model did not close them", () => {
  const answer = createAnswer();
  const chunks: Chunk[] = [
    { type: "reasoning-start", id: "r" },
    { type: "reasoning-delta", id: "r", delta: "hm" },
    { type: "reasoning-end", id: "r", providerMetadata: { parley: { durationMs: 3 } } },
    { type: "text-start", id: "t" },
    { type: "text-delta", id: "t", delta: "Hel" },
    { type: "text-delta", id: "t", delta: "lo" },
  ];
  for (const chunk of chunks) answer.apply(chunk);
  expect(answer.parts()).toEqual([
    { type: "reasoning", text: "hm", state: "done", providerMetadata: { parley: { durationMs: 3 } } },
    { type: "text", text: "Hello", state: "done" },
  ]);
  expect(answer.textLength()).toBe(5);
});

test("a part that stayed empty is not stored", () => {
  const answer = createAnswer();
  answer.apply({ type: "text-start", id: "t" });
  answer.apply({ type: "text-end", id: "t" });
  expect(answer.parts()).toEqual([]);
});

test("sources may come in the middle of a text, which goes on in the same part", () => {
  const answer = createAnswer();
  const chunks: Chunk[] = [
    { type: "text-start", id: "t" },
    { type: "text-delta", id: "t", delta: "Hel" },
    { type: "source-url", sourceId: "s", url: "https://example.com/" },
    { type: "text-delta", id: "t", delta: "lo" },
  ];
  for (const chunk of chunks) answer.apply(chunk);
  expect(answer.parts()).toMatchObject([{ type: "text", text: "Hello" }, { type: "source-url" }]);
  expect(answer.begun()).toMatchObject({ number: 2, open: { kind: "text", id: "t" } });
});
