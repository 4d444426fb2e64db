import type { StatedPrice } from "@/lib/models/stated-price";

const lineShape = /^(\S+)\s+(\d+(?:\.\d+)?)\s+(\d+(?:\.\d+)?)$/;

/** `llama-3.3-70b 0.25 2`: a model and what a million of its tokens cost, in and out. */
export function priceLine({ model, inputPrice, outputPrice }: StatedPrice): string {
  return `${model} ${inputPrice} ${outputPrice}`;
}

/** One of them a line; `null` where a line is none. */
export function pricesIn(text: string): StatedPrice[] | null {
  const lines = text.split("\n").flatMap((line) => line.trim() || []);
  const prices = lines.flatMap((line): StatedPrice[] => {
    const [, model, input, output] = lineShape.exec(line) ?? [];
    if (model === undefined) return [];
    return [{ model, inputPrice: Number(input), outputPrice: Number(output) }];
  });
  return prices.length === lines.length ? prices : null;
}
