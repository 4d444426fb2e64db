import { expect, test } from "vitest";
import { type ListedModel, plainModel } from "./catalogue";
import { replacementFor } from "./replacement";

const onOffer = [
  "deepseek/deepseek-chat-v3.1",
  "deepseek/deepseek-r1",
  "deepseek/deepseek-r1:free",
  "meta-llama/llama-3.3-70b-instruct",
  "meta-llama/llama-3.1-8b-instruct",
  "openai/gpt-5-mini",
  "openai/gpt-4.1-mini",
  "anthropic/claude-sonnet-4",
  "qwen/qwen3-8b",
].map((id) => listed(id));

test.each([
  ["deepseek/deepseek-r1-0528:free", "deepseek/deepseek-r1:free"],
  ["deepseek/deepseek-r1-0528", "deepseek/deepseek-r1"],
  ["meta-llama/llama-3-8b-instruct", "meta-llama/llama-3.1-8b-instruct"],
  ["meta-llama/llama-3-70b-instruct", "meta-llama/llama-3.3-70b-instruct"],
  ["openai/gpt-4o-mini", "openai/gpt-5-mini"],
  ["anthropic/claude-3.5-sonnet", "anthropic/claude-sonnet-4"],
  ["nousresearch/llama-3.1-70b-hermes", "meta-llama/llama-3.3-70b-instruct"],
])("%s is replaced by %s", (gone, near) => {
  expect(replacementFor({ id: gone }, onOffer)?.id).toBe(near);
});

test("nothing is offered in place of a model that nothing has to do with", () => {
  expect(replacementFor({ id: "somebody/oddity" }, onOffer)).toBeNull();
  expect(replacementFor({ id: "deepseek/deepseek-r1" }, [])).toBeNull();
});

test("a model that cannot be used replaces nothing", () => {
  const unusable = {
    ...listed("deepseek/deepseek-r1"),
    availability: { status: "unavailable", reason: "key_missing" },
  } as const;
  expect(replacementFor({ id: "deepseek/deepseek-r1-0528" }, [unusable])).toBeNull();
});

test("among equals the one of a like price goes first, and none that sees less", () => {
  const [cheap, dear] = [listed("a/word-one"), listed("a/word-two")];
  const priced = [
    { ...dear, inputPrice: 30 },
    { ...cheap, inputPrice: 1 },
  ];
  expect(replacementFor({ id: "a/word-zero", inputPrice: 1.2 }, priced)?.id).toBe("a/word-one");
  const seeing = [cheap, { ...dear, inputModalities: ["text", "image"] }];
  expect(replacementFor({ id: "a/word-zero", inputModalities: ["text", "image"] }, seeing)?.id).toBe(
    "a/word-two",
  );
});

function listed(id: string): ListedModel {
  return {
    ...plainModel({ id, provider: "openrouter" }),
    isDefault: false,
    isFavourite: false,
    recentRank: null,
    availability: { status: "available" },
  };
}
