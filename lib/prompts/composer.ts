import type { Branch } from "@/lib/chats/chat-store";
import type { LeftOut } from "@/lib/chats/message";
import { textOf } from "@/lib/chats/part";
import { AppError } from "@/lib/errors/app-error";
import { wantsCacheMarks } from "@/lib/models/cache-marks";
import type { CatalogueModel } from "@/lib/models/catalogue";
import type { PromptMessage } from "@/lib/models/provider";
import type { ModelSettings } from "@/lib/models/settings";
import type { CurrentSettings } from "@/lib/settings/settings-keeper";
import type { CastReader } from "./cast";
import { type ComposedMessage, composeMessages, plain, summaryText } from "./compose-messages";
import type { ContextSettings } from "./context-settings";
import { continuationOf, withOutputWithin } from "./continuation";
import { defaultReserve, fitContext, type TurnSize } from "./fit-context";
import { type HistoryEntry, historyEntries } from "./history";
import type { LoreReport } from "./lore-report";
import { momentTexts } from "./moment-texts";
import { digestOf, type PromptRecipe } from "./recipe";
import { buildSections, type Sections } from "./sections";
import { type Reach, standingOf } from "./standing-summaries";
import type { Summary } from "./summary";
import type { CountedText, TokenCounter } from "./token-counter";

export interface PromptRequest {
  userId: string;
  chat: { id: string; characterId: string | null; profileId: string | null };
  /** Root first; the question that is to be answered is the last. */
  path: Branch["path"];
  /** What beginnings of the branch have been summarised to, the shortest first. */
  summaries: readonly Summary[];
  model: string;
  /** What the catalogue says of it; `null` where it says nothing. */
  about: Pick<CatalogueModel, "name" | "contextLength" | "maxOutputTokens"> | null;
  settings: ModelSettings;
  /** What is there of the answer that is to be gone on with: it is sent along, and needs room. */
  begun?: string;
}

export interface Prompt {
  messages: ComposedMessage[];
  /** What was asked for, with no more for the answer than is kept free. */
  settings: ModelSettings;
  sections: Sections;
  recipe: PromptRecipe;
  leftOut: LeftOut | null;
  /** What became of the character's lorebook; `null` without one. */
  lore: LoreReport | null;
  /** What is to be summarised for the next question; `null` where nothing is, or all of it has been. */
  unsummarised: { after: Summary | null; throughMessageId: string } | null;
  limits: { contextLength: number | null; answerReserveTokens: number };
  /** Not even the newest question has room; in tokens. */
  excess: { neededTokens: number; roomTokens: number; isEstimate: boolean } | null;
}

export interface PromptComposer {
  /** Puts a prompt together. Costs no statement as long as settings, character and profile are as they were. */
  compose(request: PromptRequest): Promise<Prompt>;
  /** Begins to read what `compose` will want to know of the person, while their question waits for something else. */
  prepare(userId: string): void;
}

export function createPromptComposer({
  settings: current,
  cast,
  counter,
  now = () => new Date(),
}: {
  settings: CurrentSettings;
  cast: CastReader;
  counter: TokenCounter;
  now?: () => Date;
}): PromptComposer {
  return {
    prepare(userId) {
      // What fails here fails again where it is needed, and is told there.
      void Promise.all([current.ofPerson(userId), current.ofInstallation()]).catch(() => undefined);
    },

    async compose({ userId, chat, path, summaries, model, about, settings, begun = "" }) {
      const [person, installation, who] = await Promise.all([
        current.ofPerson(userId),
        current.ofInstallation(),
        cast.castOf(
          { userId, characterId: chat.characterId, profileId: chat.profileId },
          { chatId: chat.id, messages: path.map(({ role, parts }) => ({ role, text: textOf(parts) })) },
        ),
      ]);
      const sections = buildSections({
        installation: installation.prompt,
        person: person.prompt,
        ...who,
        model: about?.name ?? model,
        moment: momentTexts(now(), person.prompt.timeZone),
        seed: chat.id,
      });
      const contextLength = about?.contextLength ?? null;
      const wanted = reserveOf(contextLength, about?.maxOutputTokens ?? null, settings, person.context);
      const history = historyEntries(path);
      const standing = person.context.summarises ? standingOf(summaries, history) : [];
      const cut = await cutOf({
        history,
        sections,
        begun,
        limits: { contextLength, answerReserveTokens: wanted },
        model,
        context: person.context,
        standing,
      });
      const limits = { contextLength, answerReserveTokens: cut.reserveTokens };

      const told = history.slice(cut.from);
      const leftOutIds = new Set(history.slice(0, cut.from).map(({ messageId }) => messageId));
      const shown = cut.summary;
      const marksCache = wantsCacheMarks(model);
      const messages = composeMessages({ sections, summary: shown?.text ?? null, history: told, marksCache });
      const first = told[0]?.messageId ?? null;
      // Another one could not be used either, and what the person has edited is not replaced.
      const isDone = (messageId: string) =>
        standing.some(({ summary }) => summary.throughMessageId === messageId) ||
        summaries.some(({ throughMessageId, isEdited }) => isEdited && throughMessageId === messageId);
      const lastLeftOut = history[cut.from - 1]?.messageId;
      return {
        messages,
        settings: contextLength === null ? settings : withOutputWithin(settings, cut.reserveTokens),
        sections,
        recipe: {
          version: 1,
          ...sections,
          summary: shown && { throughMessageId: shown.throughMessageId, text: shown.text },
          firstMessageId: cut.from > 0 ? first : null,
          leftOut: leftOutIds.size,
          answerReserveTokens: limits.answerReserveTokens,
          marksCache,
          digest: digestOf(messages),
        },
        leftOut:
          leftOutIds.size > 0 && first !== null ? { messages: leftOutIds.size, firstMessageId: first } : null,
        unsummarised:
          person.context.summarises && lastLeftOut !== undefined && !isDone(lastLeftOut)
            ? { after: shown, throughMessageId: lastLeftOut }
            : null,
        lore: who.lore,
        limits,
        excess: cut.excess,
      };
    },
  };

  /**
   * How many of the history's entries are left out from its beginning, what then is kept for the answer, and the
   * summary that reaches furthest of those that do not reach into what is told.
   */
  async function cutOf({
    history,
    sections,
    begun,
    limits: { contextLength, answerReserveTokens },
    model,
    context,
    standing,
  }: {
    history: readonly HistoryEntry[];
    sections: Sections;
    begun: string;
    limits: Prompt["limits"];
    model: string;
    context: ContextSettings;
    standing: readonly Reach[];
  }): Promise<Cut & { summary: Summary | null }> {
    const whole = { from: 0, reserveTokens: answerReserveTokens, summary: null, excess: null };
    if (contextLength === null) return whole;
    const fixed = composeMessages({ sections, summary: null, history: [], marksCache: false });
    const all: CountedText[] = [
      ...fixed.map(({ text }) => ({ text })),
      ...history.map(({ text, isNote }) => ({ text, isKept: !isNote })),
      ...(begun === "" ? [] : continuationOf([], begun, "turn").map(({ text }) => ({ text }))),
    ];
    // No tokenizer makes more of a text than it has bytes: what is short enough need not be counted.
    const tokensMax = all.reduce(
      (sum, { text }) => sum + text.length * bytesMax + messageTokens,
      answerTokens,
    );
    if (tokensMax <= contextLength - answerReserveTokens) return whole;

    const counts = await counter.count(model, all);
    const sizes = counts.map(({ tokens }) => tokens + messageTokens);
    const isEstimate = counts.some((count) => count.isEstimate);
    const fixedTokens = sizes.slice(0, fixed.length).reduce((sum, size) => sum + size, answerTokens);
    const held = context.summarises ? summaryTokensMax(contextLength) : 0;
    const turns = turnsOf(history, sizes.slice(fixed.length, fixed.length + history.length));
    const begunTokens = sizes.slice(fixed.length + history.length).reduce((sum, size) => sum + size, 0);
    const last = turns.at(-1);
    if (last) {
      last.tokens += begunTokens;
      last.questionTokens += begunTokens;
    }
    const cutWith = (summaryTokens: number): Cut => {
      const fit = fitContext(turns, {
        contextLength,
        reserveTokens: answerReserveTokens,
        // Held for a summary from the beginning: when there is one, the cut stays where it is.
        fixedTokens: fixedTokens + Math.max(held, summaryTokens),
        isEstimate,
      });
      const reserved = { reserveTokens: answerReserveTokens, excess: null };
      if (fit.fits) return { ...reserved, from: turns[fit.from]?.at ?? 0 };
      const { neededTokens, roomTokens } = fit;
      const from = last?.at ?? 0;
      const freeTokens = answerReserveTokens + roomTokens - neededTokens;
      // What is there already took the room that was kept for it: the rest gets what is left.
      if (begun !== "" && freeTokens >= restTokensMin)
        return { from, reserveTokens: freeTokens, excess: null };
      return { ...reserved, from, excess: { neededTokens, roomTokens, isEstimate } };
    };

    const texts = standing.map(({ summary }) => ({ text: summaryText(summary.text), isKept: true }));
    const summaryCounts = await counter.count(model, texts);
    const sized = standing.map((each, index) => ({ ...each, tokens: summaryCounts[index]?.tokens ?? 0 }));
    for (const { summary, entries, tokens } of sized.reverse()) {
      const cut = cutWith(tokens + messageTokens);
      if (entries <= cut.from && !cut.excess) return { ...cut, summary };
    }
    return { ...cutWith(0), summary: null };
  }
}

/** Throws `context_too_long` for a prompt that has no room for its question, with how much room there is. */
export function requireRoom({ excess, limits }: Pick<Prompt, "excess" | "limits">, model: string): void {
  if (!excess) return;
  throw new AppError("context_too_long", "the question does not fit", {
    details: { model, ...limits, ...excess },
  });
}

/** As a provider is handed it. */
export function promptMessages({ messages }: Pick<Prompt, "messages">): PromptMessage[] {
  return plain(messages);
}

// Of a UTF-16 code unit in UTF-8.
const bytesMax = 3;
/** What a message costs beside its text, and the beginning of the answer, in OpenAI's own count. */
export const messageTokens = 4;
export const answerTokens = 3;
/** As little as may be kept for an answer at all. */
export const restTokensMin = 64;

/** How long a summary may be, and what is held for one. */
export function summaryTokensMax(contextLength: number): number {
  return Math.min(1_000, Math.floor(contextLength / 8));
}

function reserveOf(
  contextLength: number | null,
  outputTokensMax: number | null,
  { maxOutputTokens }: ModelSettings,
  { answerReserveTokens }: ContextSettings,
): number {
  if (contextLength === null) return answerReserveTokens ?? maxOutputTokens ?? 0;
  const wanted = maxOutputTokens ?? answerReserveTokens ?? defaultReserve(contextLength, outputTokensMax);
  // Whoever asks for more than half leaves no room for a conversation.
  return Math.min(wanted, Math.floor(contextLength / 2));
}

/** Where the history is cut, and what is kept for the answer then. */
interface Cut {
  from: number;
  reserveTokens: number;
  excess: Prompt["excess"];
}

/** A question with all that follows it, up to the next one. `at` is where it begins in the history. */
function turnsOf(history: readonly HistoryEntry[], sizes: readonly number[]): (TurnSize & { at: number })[] {
  const turns: (TurnSize & { at: number })[] = [];
  for (const [index, { role }] of history.entries()) {
    const size = sizes[index] ?? 0;
    const turn = turns.at(-1);
    if (role === "user" || !turn) turns.push({ at: index, tokens: size, questionTokens: size });
    else turn.tokens += size;
  }
  return turns;
}
