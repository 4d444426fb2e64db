import { z } from "zod";
import { type CatalogueModel, plainModel } from "./catalogue";
import type { ModelSource } from "./model-source";

const price = z.number().nonnegative().max(1_000_000);

/** What a model costs at a server that does not say so itself, in US dollars per million tokens. */
export const statedPriceSchema = z.object({
  /** As its server calls it; `*` stands for all that are not named. */
  model: z.string().trim().min(1).max(150),
  inputPrice: price,
  outputPrice: price,
});

export const statedPricesSchema = z.array(statedPriceSchema).max(200);

export type StatedPrice = z.infer<typeof statedPriceSchema>;

/** With what is stated of it, where its server is silent. `null` for a model of which nothing at all is known. */
export function withStatedPrice(
  known: CatalogueModel | null,
  id: string,
  source: Pick<ModelSource, "id" | "prefix" | "prices">,
): CatalogueModel | null {
  if (known !== null && known.inputPrice !== null && known.outputPrice !== null) return known;
  const name = id.slice(source.prefix.length);
  const stated =
    source.prices.find(({ model }) => model === name) ?? source.prices.find(({ model }) => model === "*");
  if (!stated) return known;
  const { inputPrice, outputPrice } = stated;
  return { ...(known ?? plainModel({ id, provider: source.id })), inputPrice, outputPrice };
}
