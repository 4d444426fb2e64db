import type { z } from "zod";
import type { Actor } from "@/lib/accounts/actor";
import type { checkCard } from "@/lib/api/characters";
import type { ModelDirectory } from "@/lib/models/directory";
import { aboutTexts } from "@/lib/prompts/about-texts";
import { estimateTokens } from "@/lib/prompts/estimate-tokens";
import { createPlaceholderRoom, fillPlaceholders } from "@/lib/prompts/placeholders";
import { promptSettingsSchema } from "@/lib/prompts/prompt-settings";
import { buildSections } from "@/lib/prompts/sections";
import type { TokenCounter } from "@/lib/prompts/token-counter";
import { type Card, spokenNameOf } from "./card";
import { type CardCheck, toldFields } from "./card-check";
import { readDecorators } from "./lore/decorators";
import type { PatternEngine } from "./lore/pattern-engine";
import { readBook } from "./lore/read-book";
import { namelessPerson } from "./nameless-person";
import { parseCard } from "./parse-card";
import { promptCharacterOf } from "./prompt-character";

/** Says what a card comes to while it is written. Throws as `parseCard` does. Nothing is stored. */
export function createCardChecks({
  models,
  counter,
  patterns,
}: {
  models: Pick<ModelDirectory, "defaultModel">;
  counter: TokenCounter;
  patterns: PatternEngine;
}) {
  return {
    async check(actor: Actor, wanted: z.output<typeof checkCard.body>): Promise<CardCheck> {
      const card = parseCard(wanted.card);
      const { data } = card;
      const model = wanted.model ?? (await models.defaultModel(actor.userId));
      const names = { char: spokenNameOf(card), user: namelessPerson };
      const room = createPlaceholderRoom();
      const about = aboutTexts({ character: data, profile: null }, { names, seed: "", room });
      const portrayed: Partial<Record<string, string>> = about;
      const fill = (text: string) =>
        fillPlaceholders(text, { texts: { ...names, ...about }, seed: "", room }, { isCard: true });
      const book = data.character_book;
      const texts = [
        ...toldFields.map((field) => portrayed[field] ?? fill(data[field])),
        ...data.alternate_greetings.map(fill),
        ...(book?.entries ?? []).map(({ content }) => fill(readDecorators(content).text)),
      ];
      const always = alwaysTold(card, patterns);
      // While it is written, most of it stays the same: those counts are remembered.
      const counts = await counter.count(
        model,
        [...texts, ...always].map((text) => ({ text, isKept: true })),
      );
      const tokens = counts.map((count) => count.tokens);
      const loreFrom = toldFields.length + data.alternate_greetings.length;
      return {
        model,
        isEstimate: counts.some(({ isEstimate }) => isEstimate),
        fields: fieldsOf(tokens),
        alternateGreetings: tokens.slice(toldFields.length, loreFrom),
        loreEntries: tokens.slice(loreFrom, texts.length),
        alwaysTokens: tokens.slice(texts.length).reduce((sum, each) => sum + each, 0),
        notes: book ? readBook(book, { patterns, names }).notes : [],
      };
    },
  };
}

function fieldsOf(tokens: readonly number[]): CardCheck["fields"] {
  const [description, personality, scenario, first_mes, mes_example, system_prompt, post] = tokens;
  return {
    description: description ?? 0,
    personality: personality ?? 0,
    scenario: scenario ?? 0,
    first_mes: first_mes ?? 0,
    mes_example: mes_example ?? 0,
    system_prompt: system_prompt ?? 0,
    post_history_instructions: post ?? 0,
  };
}

/** What a prompt has of the card before anything is said, by somebody who has no prompt of their own. */
function alwaysTold(card: Card, patterns: PatternEngine): string[] {
  const { character } = promptCharacterOf(
    { id: "", card },
    { chatId: "", messages: [] },
    { countTokens: estimateTokens, patterns, profile: null },
  );
  const none = promptSettingsSchema.parse({});
  const { before, after, within } = buildSections({
    installation: none,
    person: none,
    character,
    profile: null,
    model: "",
    moment: {},
    seed: "",
  });
  return [...before, ...after, ...within].map(({ text }) => text);
}
