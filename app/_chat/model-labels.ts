import { t } from "@/lib/i18n/panel-translator";
import type { ListedModel } from "@/lib/models/catalogue";

export function isFree(model: ListedModel): boolean {
  return model.inputPrice === 0 && model.outputPrice === 0;
}

/** What a million tokens cost, in and out; nothing when the provider does not say. */
export function priceLabel(model: ListedModel): string {
  if (isFree(model)) return t("model.free");
  if (model.inputPrice === null || model.outputPrice === null) return "";
  return `${dollars(model.inputPrice)} / ${dollars(model.outputPrice)}`;
}

export function contextLabel({ contextLength }: ListedModel): string {
  if (contextLength === null) return "";
  const size =
    contextLength >= 1_000_000
      ? `${rounded(contextLength / 1_000_000)}M`
      : `${rounded(contextLength / 1000)}k`;
  return t("model.context", { size });
}

function rounded(value: number): string {
  return String(value >= 10 ? Math.round(value) : Math.round(value * 10) / 10);
}

function dollars(value: number): string {
  return `$${value < 0.1 ? Number(value.toPrecision(2)) : value.toFixed(2)}`;
}
