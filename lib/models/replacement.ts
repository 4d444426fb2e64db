import type { CatalogueModel, ListedModel } from "./catalogue";

type Known = Pick<CatalogueModel, "id"> & Partial<CatalogueModel>;

/**
 * The model on offer that is nearest to one that has gone: of the same author and family first, then of like size,
 * price and abilities. `null` where nothing has anything to do with it.
 */
export function replacementFor(gone: Known, items: readonly ListedModel[]): ListedModel | null {
  let best: { model: ListedModel; score: number } | null = null;
  for (const model of items) {
    if (model.id === gone.id || model.availability.status === "unavailable") continue;
    const score = likeness(gone, model);
    if (score >= likenessMin && (best === null || score > best.score)) best = { model, score };
  }
  return best?.model ?? null;
}

// One word of the name in common, or the same author and something besides.
const likenessMin = 10;

function likeness(gone: Known, model: ListedModel): number {
  const [before, now] = [namesIn(gone.id), namesIn(model.id)];
  const shared = before.words.filter((word) => now.words.includes(word)).length;
  const isLetter = (word: string) => /^[a-z]/.test(word);
  const family = before.words.find(isLetter);
  let score = before.author === now.author ? 8 : 0;
  if (family !== undefined && family === now.words.find(isLetter)) score += 12;
  score += (8 * shared) / Math.max(before.words.length, now.words.length, 1);
  if (before.variant === now.variant) score += 4;
  if (before.billions !== null && now.billions !== null) {
    score += 4 - Math.min(4, 2 * Math.abs(Math.log2(before.billions / now.billions)));
  }
  score += closeness(gone.inputPrice, model.inputPrice) + closeness(gone.contextLength, model.contextLength);
  const lost = (gone.inputModalities ?? []).filter((each) => !model.inputModalities.includes(each)).length;
  return score - 2 * lost;
}

/** 0 to 2: how near two quantities are, by their ratio; 0 where one is not known. */
function closeness(a: number | null | undefined, b: number | null): number {
  if (a === undefined || a === null || b === null) return 0;
  if (a === b) return 2;
  return a <= 0 || b <= 0 ? 0 : Math.max(0, 2 - Math.abs(Math.log2(a / b)));
}

/** `deepseek/deepseek-r1-0528:free` is by deepseek, of the words deepseek, r1 and 0528, and free. */
function namesIn(id: string) {
  const [path = "", variant = ""] = id.toLowerCase().split(":");
  const slash = path.lastIndexOf("/");
  const words = path
    .slice(slash + 1)
    .split(/[-_.\s]+/)
    .filter((word) => word !== "");
  const size = words.map((word) => /^(\d+(?:\.\d+)?)b$/.exec(word)?.[1]).find((found) => found !== undefined);
  return {
    author: slash === -1 ? "" : path.slice(0, slash),
    words,
    variant,
    billions: size === undefined ? null : Number(size),
  };
}
