import type { z } from "zod";
import type { Actor } from "@/lib/accounts/actor";
import type { getPrompt, previewPrompt } from "@/lib/api/prompts";
import type { Branch, ChatStore } from "@/lib/chats/chat-store";
import { createId } from "@/lib/chats/id";
import { AppError } from "@/lib/errors/app-error";
import type { ModelDirectory, ServedModel } from "@/lib/models/directory";
import { requireSentFallbacks } from "@/lib/models/fallbacks";
import type { ModelProvider, ModelRequest } from "@/lib/models/provider";
import { type ModelSettings, modelSettingsSchema } from "@/lib/models/settings";
import { supportedSettings } from "@/lib/models/supported-settings";
import type { UsageLedger } from "@/lib/usage/ledger";
import { holdWithin, quoteFor } from "@/lib/usage/quote";
import { standingsOver, tightest } from "@/lib/usage/standing";
import { plain } from "./compose-messages";
import { type PromptComposer, promptMessages } from "./composer";
import { type promptStates, viewPrompt } from "./prompt-view";
import { leftOutBy, rebuildPrompt } from "./rebuild";
import { digestOf, type PromptRecipe } from "./recipe";
import type { TokenCounter } from "./token-counter";

/** What an answer was asked for with. */
export interface Asked {
  kind: "send" | "regenerate" | "continue";
  model: string;
  /** Those that its model took then. */
  settings: ModelSettings;
  recipe: PromptRecipe | null;
  /** Who was asked; `null` for an answer of an older version. */
  provider: string | null;
  /** How many writers it had. */
  epoch: number;
}

/** Of somebody else's chat there is nothing. */
export interface PromptRecords {
  /** The newest request for the answer; `null` for what no model was asked for. */
  findAsked(place: { userId: string; chatId: string; messageId: string }): Promise<Asked | null>;
}

type Wanted = z.output<typeof previewPrompt.body>;

/** What a model is sent: before it is, and afterwards. Throws `not_found` for what is not the person's. */
export function createPreviews({
  chats,
  records,
  composer,
  models,
  ledger,
  counter,
}: {
  chats: Pick<ChatStore, "branch" | "isSomebodyElses">;
  records: PromptRecords;
  composer: PromptComposer;
  models: Pick<ModelDirectory, "defaultModel" | "getModel" | "requireModel">;
  ledger: Pick<UsageLedger, "standings">;
  counter: TokenCounter;
}) {
  /** What is asked for where limits keep the answer short; `null` where they leave too little for any. */
  async function withinLimits(
    userId: string,
    { provider, model, route }: ServedModel,
    fallbacks: readonly ServedModel[],
    request: ModelRequest,
  ): Promise<ModelRequest | null> {
    const { messages, settings } = request;
    const fallbackModels = fallbacks.map(({ model }) => model);
    const limit = tightest(standingsOver(route.payer, await ledger.standings(userId)));
    const isLimited = limit !== null;
    const quote = quoteFor({ provider, model, fallbacks: fallbackModels, messages, settings, isLimited });
    const holdMicros = limit === null ? quote.holdMicros : holdWithin(quote, limit.leftMicros);
    return holdMicros === null ? null : { ...request, settings: quote.settingsWithin(holdMicros) };
  }

  async function branchFor(userId: string, wanted: Wanted): Promise<Branch | null> {
    const { id, parentId, messageId } = wanted;
    const named = messageId ?? parentId ?? null;
    const ends = named !== null ? [{ messageId: named }] : parentId === null ? [] : (["leaf"] as const);
    const branch = await chats.branch(userId, id, ends);
    if (!branch && (await chats.isSomebodyElses(userId, id))) throw new AppError("not_found", "no such chat");
    if (named !== null && branch?.path.at(-1)?.id !== named) {
      throw new AppError("not_found", "no such message");
    }
    return branch;
  }

  return {
    async preview(actor: Actor, wanted: Wanted): Promise<z.input<typeof previewPrompt.answer>> {
      const branch = await branchFor(actor.userId, wanted);
      const model = wanted.model ?? branch?.chat.model ?? (await models.defaultModel(actor.userId));
      const served = await models.requireModel(actor.userId, model);
      const settings = modelSettingsSchema.parse({ ...branch?.chat.settings, ...wanted.settings });
      const fallbacks = await requireSentFallbacks(models, actor.userId, served, settings);
      const draftId = createId();
      const prompt = await composer.compose({
        userId: actor.userId,
        chat: branch?.chat ?? { id: wanted.id, characterId: null, profileId: null },
        path: pathFor(branch, wanted, draftId),
        summaries: branch?.summaries ?? [],
        model,
        about: served.model,
        settings,
      });
      const messages = promptMessages(prompt);
      const isWhole = !wanted.totalsOnly;
      const request = { model, messages, settings: prompt.settings, chatId: wanted.id };
      const sent = await withinLimits(actor.userId, served, fallbacks, request);
      const isOverLimit = sent === null;
      const view = await viewPrompt(
        {
          model,
          ...prompt,
          summaryThroughMessageId: prompt.recipe.summary?.throughMessageId ?? null,
          fits: prompt.excess === null,
          request: isWhole && sent ? await bodyOf(served.provider, sent) : null,
        },
        counter,
      );
      if (!isWhole) return { ...view, isOverLimit, pieces: [], lore: null };
      const pieces = view.pieces.map((piece) =>
        piece.messageId === draftId ? { ...piece, messageId: null } : piece,
      );
      return { ...view, isOverLimit, pieces };
    },

    async asked(
      actor: Actor,
      { chatId, messageId }: { chatId: string; messageId: string },
    ): Promise<z.input<typeof getPrompt.answer>> {
      const place = { userId: actor.userId, chatId, messageId };
      const [branch, asked] = await Promise.all([
        chats.branch(actor.userId, chatId, [{ messageId }]),
        records.findAsked(place),
      ]);
      const answer = branch?.path.at(-1);
      if (!branch || !asked || answer?.id !== messageId || answer.isDeleted) {
        throw new AppError("not_found", "no such answer");
      }
      const { model, settings, recipe } = asked;
      const told = recipe ?? emptyRecipe;
      const { messages, isExact } = rebuildPrompt(told, branch.path.slice(0, -1));
      const served = await models.getModel(actor.userId, model);
      const view = await viewPrompt(
        {
          model,
          messages,
          sections: told,
          summaryThroughMessageId: told.summary?.throughMessageId ?? null,
          leftOut: leftOutBy(recipe),
          limits: {
            contextLength: served?.model?.contextLength ?? null,
            answerReserveTokens: recipe?.answerReserveTokens ?? 0,
          },
          fits: true,
          lore: null,
          request: await bodyOf(served?.provider, { model, messages: plain(messages), settings, chatId }),
        },
        counter,
      );
      return {
        ...view,
        state: stateOf(asked, answer, { isExact, isSameRequest: isStillAskedSo(asked, served) }),
        isContinuation: asked.kind === "continue",
      };
    },
  };
}

/** What the last writer was handed of the answer itself is not recorded, so that nothing is exact that had some. */
function stateOf(
  { kind, recipe, epoch }: Asked,
  { status, metadata }: Branch["path"][number],
  { isExact, isSameRequest }: { isExact: boolean; isSameRequest: boolean },
): (typeof promptStates)[number] {
  if (recipe === null) return "unknown";
  if (!isExact) return "changed";
  if (kind === "continue") return "continued";
  // While it is being written, the message does not say yet where it was cut.
  const isTakenOver = status === "streaming" ? epoch > 1 : metadata.seams?.some(({ offset }) => offset > 0);
  if (isTakenOver) return "taken-over";
  return isSameRequest ? "exact" : "rebuilt";
}

/** Whether the request is written as it was then; of a model that is gone none is written. */
function isStillAskedSo({ provider, settings }: Asked, served: ServedModel | null): boolean {
  if (!served) return true;
  const taken = supportedSettings(settings, served.model);
  const isAllTaken = Object.keys(taken).length === Object.keys(settings).length;
  return isAllTaken && (provider === null || provider === served.route.provider);
}

/** The conversation as it would be sent; a question that is not there yet has no place in the chat. */
function pathFor(branch: Branch | null, { text, messageId }: Wanted, draftId: string): Branch["path"] {
  const path = branch?.path ?? [];
  if (messageId) return path.at(-1)?.role === "assistant" ? path.slice(0, -1) : path;
  if (text.trim() === "") return path;
  return [
    ...path,
    {
      id: draftId,
      parentId: path.at(-1)?.id ?? null,
      role: "user",
      parts: [{ type: "text", text }],
      status: "complete",
      generationId: null,
      model: null,
      metadata: {},
      isDeleted: false,
    },
  ];
}

/** `null` also where the request cannot be written, for want of a key that is one. */
async function bodyOf(provider: ModelProvider | undefined, request: ModelRequest): Promise<string | null> {
  if (!provider?.bodyOf) return null;
  return provider.bodyOf(request).catch(() => null);
}

const emptyRecipe: PromptRecipe = {
  version: 1,
  before: [],
  after: [],
  within: [],
  separator: "",
  summary: null,
  firstMessageId: null,
  leftOut: 0,
  answerReserveTokens: 0,
  marksCache: false,
  digest: digestOf([]),
};
