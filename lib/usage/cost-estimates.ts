import type { Actor } from "@/lib/accounts/actor";
import type { ChatStore } from "@/lib/chats/chat-store";
import type { CatalogueModel } from "@/lib/models/catalogue";
import type { ModelDirectory } from "@/lib/models/directory";
import { type ModelSettings, modelSettingsSchema } from "@/lib/models/settings";
import { supportedSettings } from "@/lib/models/supported-settings";
import { type CostRange, estimateCost } from "./estimate-cost";
import type { UsageLedger } from "./ledger";
import { highestPricesOf, pricesOf } from "./model-prices";
import { type Limit, standingsOver, tightest } from "./standing";

export interface CostQuestion {
  chat?: string;
  /** Where another one than the chat's is to answer. */
  model?: string;
  inputTokens: number;
}

export interface CostEstimate {
  model: string;
  /** `null` where the model's prices are not known. */
  range: CostRange | null;
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
      const settings = supportedSettings(wanted, served?.model ?? null);
      return {
        model,
        range: served && rangeOf(served.model, settings, question.inputTokens),
        limit: tightest(standingsOver(served?.route.payer ?? "installation", standings)),
      };
    },
  };
}

function rangeOf(model: CatalogueModel | null, settings: ModelSettings, tokens: number): CostRange | null {
  const [prices, highest] = [pricesOf(model), highestPricesOf(model)];
  if (model === null || prices === null || highest === null) return null;
  const input = { tokens, isEstimate: true };
  const { mostMicros } = estimateCost(highest, model, settings, input);
  return { ...estimateCost(prices, model, settings, input), mostMicros };
}
