import type { StatedPrice } from "@/lib/models/stated-price";

const lineShape = /^(\S+)\s+(-|\d+(?:\.\d+)?)\s+(-|\d+(?:\.\d+)?)(?:\s+(\d+))?$/;

/**
 * `llama-3.3-70b 0.25 2 128000`: a model, what a million of its tokens cost, in and out, each `-` where nobody knows, and
 * the length of its context.
 */
export function priceLine({ model, inputPrice, outputPrice, contextLength }: StatedPrice): string {
  return `${model} ${inputPrice ?? "-"} ${outputPrice ?? "-"} ${contextLength ?? ""}`.trimEnd();
}

/** One of them a line; `null` where a line is none. */
export function pricesIn(text: string): StatedPrice[] | null {
  const lines = text.split("\n").flatMap((line) => line.trim() || []);
  const prices = lines.flatMap((line): StatedPrice[] => {
    const [, model, input, output, context] = lineShape.exec(line) ?? [];
    if (model === undefined) return [];
    const contextLength = context === undefined ? null : Number(context);
    return [{ model, inputPrice: priceOf(input), outputPrice: priceOf(output), contextLength }];
  });
  return prices.length === lines.length ? prices : null;
}

function priceOf(text: string | undefined): number | null {
  return text === undefined || text === "-" ? null : Number(text);
}
