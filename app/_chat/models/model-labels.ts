import { t } from "@/lib/i18n/model-translator";
import type { ListedModel } from "@/lib/models/catalogue";
import { isFree } from "@/lib/models/find-models";

/** What a million tokens cost, in and out; nothing when the provider does not say. */
export function priceLabel(model: ListedModel): string {
  if (isFree(model)) return t("model.free");
  if (model.inputPrice === null || model.outputPrice === null) return "";
  return `${dollars(model.inputPrice)} / ${dollars(model.outputPrice)}`;
}

export function contextLabel({ contextLength }: ListedModel): string {
  return contextLength === null ? "" : t("model.context", { size: tokensLabel(contextLength) });
}

/** What else is known of the price and the size, such as "$0.03 cached · writes up to 128k". */
export function moreLabels(model: ListedModel): string[] {
  const { cachedInputPrice, imagePrice, requestPrice, maxOutputTokens } = model;
  return [
    cachedInputPrice ? t("model.cachedPrice", { price: dollars(cachedInputPrice) }) : "",
    imagePrice ? t("model.imagePrice", { price: dollars(imagePrice) }) : "",
    requestPrice ? t("model.requestPrice", { price: dollars(requestPrice) }) : "",
    maxOutputTokens === null ? "" : t("model.outputMax", { size: tokensLabel(maxOutputTokens) }),
  ].filter((label) => label !== "");
}

function tokensLabel(tokens: number): string {
  return tokens >= 1_000_000 ? `${rounded(tokens / 1_000_000)}M` : `${rounded(tokens / 1000)}k`;
}

function rounded(value: number): string {
  return String(value >= 10 ? Math.round(value) : Math.round(value * 10) / 10);
}

function dollars(value: number): string {
  return `$${value < 0.1 ? Number(value.toPrecision(2)) : value.toFixed(2)}`;
}
