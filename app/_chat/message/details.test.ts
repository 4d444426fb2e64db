import { expect, test } from "vitest";
import { dollars } from "@/lib/usage/dollars";
import { type Details, detailsOf } from "./details";

test("what was read from the provider's cache is told, with cost, speed and who answered", () => {
  const details = about([writing({})]);
  expect(valuesOf(details)).toMatchObject({
    Model: "anthropic/claude-opus-4.1",
    Provider: "Anthropic",
    "Tokens in": "900",
    "Tokens out": "80",
    "Reasoning tokens": "20",
    "Read from cache": "640",
    Cost: dollars(12_345),
    "Until the first word": "1 s",
    Duration: "3 s",
    Speed: "40 tokens/s",
  });
  expect(details.note).toBeNull();
});

test("of an answer that took several calls all are summed up, and the last one names model and provider", () => {
  const second = {
    model: "openai/gpt-5-mini",
    provider: "Azure",
    usage: { ...usage, cachedTokens: 60 },
    costMicros: 655,
  };
  expect(valuesOf(about([writing({}), writing(second)]))).toMatchObject({
    Model: "openai/gpt-5-mini",
    Provider: "Azure",
    "Read from cache": "700",
    Cost: dollars(13_000),
    Duration: "6 s",
    Speed: "40 tokens/s",
  });
});

test("nothing read from the cache is told as nothing, and what nobody counted as not known", () => {
  const uncached = { ...usage, cachedTokens: 0 };
  expect(valuesOf(about([writing({ usage: uncached })]))["Read from cache"]).toBe("0");
  const uncounted = { ...usage, cachedTokens: null };
  expect(valuesOf(about([writing({ usage: uncounted })]))["Read from cache"]).toBeNull();
  const silent = about([writing({ usage: null, costMicros: null, provider: null, firstTokenAt: null })]);
  expect(valuesOf(silent)).toMatchObject({
    Provider: null,
    "Tokens in": null,
    "Read from cache": null,
    Cost: null,
    "Until the first word": null,
    Speed: null,
  });
  expect(silent.note).toBe("The provider did not report everything.");
});

test("a sum from which something is missing says at least, and one that was estimated says about", () => {
  const partly = about([writing({}), writing({ usage: null, costMicros: null })]);
  expect(valuesOf(partly)).toMatchObject({
    "Read from cache": "at least 640",
    Cost: `at least ${dollars(12_345)}`,
  });
  const estimated = about([writing({ isEstimated: true })]);
  expect(valuesOf(estimated)).toMatchObject({
    "Read from cache": "about 640",
    Cost: `about ${dollars(12_345)}`,
  });
});

test("an answer without calls of its own says where it comes from", () => {
  expect(about([]).note).toBe("This answer was copied from another chat, where it was counted.");
  expect(about([], { metadata: { edited: true } }).note).toContain("You wrote this version");
  expect(valuesOf(about([]))).toMatchObject({ Model: "anthropic/claude-opus-4.1", "Read from cache": null });
});

type About = Parameters<typeof detailsOf>[0];
type Writing = About["writings"][number];

const usage = { inputTokens: 900, outputTokens: 80, reasoningTokens: 20, cachedTokens: 640 };

/** One second until the first word, two until the last. */
function writing(changed: Partial<Writing>): Writing {
  return {
    kind: "send",
    status: "completed",
    model: "anthropic/claude-opus-4.1",
    provider: "Anthropic",
    usage,
    costMicros: 12_345,
    isEstimated: false,
    isKeyGone: false,
    startedAt: "2026-11-20T12:00:00.000Z",
    firstTokenAt: "2026-11-20T12:00:01.000Z",
    finishedAt: "2026-11-20T12:00:03.000Z",
    ...changed,
  };
}

function about(writings: Writing[], changed: Partial<About["message"]> = {}): Details {
  const message: About["message"] = {
    id: "answer",
    parentId: "question",
    role: "assistant",
    parts: [],
    status: "complete",
    error: null,
    generationId: null,
    model: "anthropic/claude-opus-4.1",
    usage: null,
    metadata: {},
    createdAt: "2026-11-20T12:00:00.000Z",
    ...changed,
  };
  return detailsOf({ message, messagesBelow: 0, writings });
}

function valuesOf({ rows }: Details): Record<string, string | null> {
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}
