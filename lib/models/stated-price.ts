import { z } from "zod";
import { type CatalogueModel, plainModel } from "./catalogue";
import type { ModelSource } from "./model-source";

const price = z.number().nonnegative().max(1_000_000).nullable();

/** What a model costs at a server that does not say so itself, in US dollars per million tokens, and how much it takes in. */
export const statedPriceSchema = z.object({
  /** As its server calls it; `*` stands for all that are not named. */
  model: z.string().trim().min(1).max(150),
  inputPrice: price,
  outputPrice: price,
  /** In tokens, the answer included. */
  contextLength: z.number().int().min(256).max(100_000_000).nullable().optional(),
});

export const statedPricesSchema = z.array(statedPriceSchema).max(200);

export type StatedPrice = z.infer<typeof statedPriceSchema>;

/** With what is stated of it, where its server is silent. `null` for a model of which nothing at all is known. */
export function withStatedPrice(
  known: CatalogueModel | null,
  id: string,
  source: Pick<ModelSource, "id" | "prefix" | "prices">,
): CatalogueModel | null {
  const name = id.slice(source.prefix.length);
  const stated =
    source.prices.find(({ model }) => model === name) ?? source.prices.find(({ model }) => model === "*");
  if (!stated) return known;
  const model = known ?? plainModel({ id, provider: source.id });
  const isPriced = model.inputPrice !== null && model.outputPrice !== null;
  const { inputPrice, outputPrice } = isPriced ? model : stated;
  return {
    ...model,
    inputPrice,
    outputPrice,
    contextLength: model.contextLength ?? stated.contextLength ?? null,
  };
}
