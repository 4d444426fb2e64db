import type { Actor } from "@/lib/accounts/actor";
import type { ChatStore } from "@/lib/chats/chat-store";
import type { ModelDirectory, ServedModel } from "@/lib/models/directory";
import { type ModelSettings, modelSettingsSchema } from "@/lib/models/settings";
import { supportedSettings } from "@/lib/models/supported-settings";
import { type CostRange, estimateCost } from "./estimate-cost";
import type { UsageLedger } from "./ledger";
import { pricesOf } from "./model-prices";
import { quoteFor } from "./quote";
import { type Limit, standingsOver, tightest } from "./standing";

export interface CostQuestion {
  chat?: string;
  /** Where another one than the chat's is to answer. */
  model?: string;
  inputTokens: number;
}

export interface CostEstimate {
  model: string;
  /**
   * `null` where the model's prices are not known. The most is that of the dearest that may answer, fallback models
   * included; `boundMicros` is what it cannot go beyond, `null` where a host may be as dear, or the answer as long, as it
   * likes.
   */
  range: (CostRange & { boundMicros: number | null }) | null;
  /** The limit that leaves the least; `null` where nothing is limited. */
  limit: Limit | null;
}

export type CostEstimates = ReturnType<typeof createCostEstimates>;

/** What a question would cost, before it is sent. */
export function createCostEstimates({
  chats,
  models,
  ledger,
}: {
  chats: Pick<ChatStore, "get">;
  models: Pick<ModelDirectory, "defaultModel" | "getModel">;
  ledger: Pick<UsageLedger, "standings">;
}) {
  async function rangeOf(
    userId: string,
    { provider, model }: ServedModel,
    wanted: ModelSettings,
    inputTokens: number,
    isLimited: boolean,
  ): Promise<CostEstimate["range"]> {
    const prices = pricesOf(model);
    if (prices === null || model === null) return null;
    const settings = supportedSettings(wanted, model);
    const input = { tokens: inputTokens, isEstimate: true };
    const { leastMicros, typicalMicros, outputTokensMax } = estimateCost(prices, model, settings, input);
    const ids = provider.takesFallbacks ? (settings.routing?.fallbackModels ?? []) : [];
    const served = await Promise.all(ids.map((id) => models.getModel(userId, id)));
    const fallbacks = served.map((each) => each?.model ?? null);
    const quote = quoteFor({ provider, model, fallbacks, settings, input, isLimited });
    const boundMicros = quote.isBound ? quote.holdMicros : null;
    return { leastMicros, typicalMicros, mostMicros: quote.mostMicros, boundMicros, outputTokensMax };
  }

  return {
    async estimate({ userId }: Actor, question: CostQuestion): Promise<CostEstimate> {
      // A chat that is not there yet has no settings.
      const chat = question.chat === undefined ? null : await chats.get(userId, question.chat);
      const model = question.model ?? chat?.model ?? (await models.defaultModel(userId));
      const [served, standings] = await Promise.all([
        models.getModel(userId, model),
        ledger.standings(userId),
      ]);
      const wanted = modelSettingsSchema.catch({}).parse(chat?.settings ?? {});
      const limit = tightest(standingsOver(served?.route.payer ?? "installation", standings));
      const { inputTokens } = question;
      return {
        model,
        range: served && (await rangeOf(userId, served, wanted, inputTokens, limit !== null)),
        limit,
      };
    },
  };
}
