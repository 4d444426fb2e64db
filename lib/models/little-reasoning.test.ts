import { expect, test } from "vitest";
import { plainModel } from "./catalogue";
import { littleReasoning } from "./little-reasoning";

const about = (known: object) => plainModel({ id: "m", provider: "p", ...known });

test("a model that need not think is asked not to, and one that must to think as little as it can", () => {
  const reasoning = { parameters: ["reasoning", "max_tokens"] };
  const effort = (reasoningEfforts: string[]) =>
    littleReasoning(about({ ...reasoning, reasoningEfforts }), 500).reasoningEffort;
  expect(effort(["high", "low", "none"])).toBe("none");
  expect(effort(["high", "minimal", "low"])).toBe("minimal");
  expect(effort(["high", "medium", "low"])).toBe("low");
  expect(effort(["high", "medium"])).toBeUndefined();
  expect(effort([])).toBeUndefined();
});

test("whoever may think all the same has room for it beside the text, within what the model can write", () => {
  const tokens = (known: object) => littleReasoning(about(known), 500).maxOutputTokens ?? 0;
  expect(littleReasoning(null, 500).maxOutputTokens).toBeGreaterThan(4_000);
  expect(tokens({ parameters: ["reasoning"], reasoningEfforts: ["low"] })).toBeGreaterThan(4_000);
  expect(tokens({ parameters: ["max_tokens"] })).toBe(500);
  expect(tokens({ parameters: ["reasoning"], reasoningEfforts: ["none"] })).toBe(500);
  expect(tokens({ contextLength: 8_000 })).toBe(2_500);
  expect(tokens({ maxOutputTokens: 1_000 })).toBe(1_000);
});
