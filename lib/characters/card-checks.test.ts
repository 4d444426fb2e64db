import { expect, test } from "vitest";
import { createCardChecks } from "./card-checks";
import { plainPatterns } from "./lore/testing/book-of";
import { parseCard } from "./parse-card";
import { promptCharacterOf } from "./prompt-character";

const countTokens = (text: string) => text.length;
const data = {
  name: "Ada",
  description: `A pilot. ${"x".repeat(1_000)}`,
  scenario: "{{user}} meets {{char}}.",
  character_book: {
    token_budget: 10,
    entries: [
      { keys: [], constant: true, content: "{{description}}", insertion_order: 1 },
      { keys: [], constant: true, content: "In {{char}}", insertion_order: 2 },
    ],
  },
};
const card = { spec: "chara_card_v3", data };

test("an entry that names the description is over a budget that the description is over", () => {
  const { lore } = told({ ...card, data });
  expect(lore).toMatchObject({
    told: [{ entry: 1, tokens: 6 }],
    notes: [{ entry: 0, problem: "over_budget" }],
  });
});

test("the editor and the prompt count the same of an entry", async () => {
  const checks = createCardChecks({
    models: { defaultModel: async () => "any" },
    counter: {
      count: async (_model, texts) =>
        texts.map(({ text }) => ({ tokens: countTokens(text), isEstimate: true })),
    },
    patterns: plainPatterns,
  });
  const actor = { userId: "ada", isGuest: false, isAdministrator: false };
  const { loreEntries, fields } = await checks.check(actor, { card });
  const roomy = { ...data, character_book: { ...data.character_book, token_budget: 2_000 } };
  expect(told({ ...card, data: roomy }).lore?.told.map(({ tokens }) => tokens)).toEqual(loreEntries);
  expect(loreEntries[0]).toBe(fields.description);
});

function told(given: object) {
  return promptCharacterOf(
    { id: "c", card: parseCard(given) },
    { chatId: "chat", messages: [] },
    { countTokens, patterns: plainPatterns, profile: null },
  );
}
