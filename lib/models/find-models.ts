import { z } from "zod";
import type { ListedModel } from "./catalogue";

export const modelSorts = ["relevance", "name", "price", "context", "newest"] as const;

const flag = z.enum(["true", "false"]).transform((value) => value === "true");

/** What is looked for. Filters that are left out or false let everything through. */
export const modelQuerySchema = z.object({
  q: z.string().trim().max(200).optional(),
  free: flag.optional(),
  vision: flag.optional(),
  tools: flag.optional(),
  reasoning: flag.optional(),
  minContext: z.coerce.number().int().min(0).max(1_000_000_000).optional(),
  sort: z.enum(modelSorts).default("relevance"),
});

export type ModelQuery = z.output<typeof modelQuerySchema>;

export function isFree({
  inputPrice,
  outputPrice,
}: Pick<ListedModel, "inputPrice" | "outputPrice">): boolean {
  return inputPrice === 0 && outputPrice === 0;
}

export function seesPictures({ inputModalities }: Pick<ListedModel, "inputModalities">): boolean {
  return inputModalities.includes("image");
}

export function callsTools({ parameters }: Pick<ListedModel, "parameters">): boolean {
  return parameters.includes("tools");
}

export function reasons({ parameters }: Pick<ListedModel, "parameters">): boolean {
  return parameters.includes("reasoning") || parameters.includes("include_reasoning");
}

/**
 * The models that fit, the best match first; without words, favourites and the latest chosen, then the others as
 * their providers list them.
 */
export function findModels<Model extends ListedModel>(items: readonly Model[], query: ModelQuery): Model[] {
  const words = wordsOf(query.q ?? "");
  const found = items.flatMap((model, place) => {
    const fits =
      (!query.free || isFree(model)) &&
      (!query.vision || seesPictures(model)) &&
      (!query.tools || callsTools(model)) &&
      (!query.reasoning || reasons(model)) &&
      (model.contextLength ?? 0) >= (query.minContext ?? 0);
    const score = fits ? scoreOf(model, words) : null;
    return score === null ? [] : [{ model, place, score }];
  });
  const compare = comparisons[query.sort];
  return found
    .toSorted((a, b) => compare(a.model, b.model) || b.score - a.score || a.place - b.place)
    .map(({ model }) => model);
}

const comparisons: Record<ModelQuery["sort"], (a: ListedModel, b: ListedModel) => number> = {
  relevance: () => 0,
  name: (a, b) => a.name.localeCompare(b.name, "en"),
  price: (a, b) => costOf(a) - costOf(b),
  context: (a, b) => (b.contextLength ?? 0) - (a.contextLength ?? 0),
  newest: (a, b) => (b.createdAt ?? "").localeCompare(a.createdAt ?? ""),
};

/** Answers are shorter than what is read for them: three parts in, one part out. Unknown prices come last. */
function costOf({ inputPrice, outputPrice }: ListedModel): number {
  return inputPrice === null || outputPrice === null ? Number.MAX_VALUE : inputPrice * 3 + outputPrice;
}

/** `null` when a word is nowhere. Every word must be found; at the beginning of one of the model's it counts more. */
function scoreOf(model: ListedModel, words: readonly string[]): number | null {
  if (words.length === 0) {
    return (model.isFavourite ? 100 : 0) + (model.recentRank === null ? 0 : 50 - model.recentRank);
  }
  const name = wordsOf(`${model.name} ${model.id}`);
  const description = (model.description ?? "").toLowerCase();
  let score = model.isFavourite ? 1 : 0;
  for (const word of words) {
    if (name.includes(word)) score += 8;
    else if (name.some((each) => each.startsWith(word))) score += 6;
    else if (name.some((each) => each.includes(word))) score += 4;
    else if (description.includes(word)) score += 1;
    else return null;
  }
  return score;
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .split(/[\s/:,;()_-]+/)
    .filter((word) => word !== "");
}
