import type { Card } from "./card";

const tagsMax = 100;
const tagLengthMax = 100;

/** What a list shows and is filtered by: the card's tags, each once whatever its case, none of them endless. */
export function tagsOf({ data }: Card): string[] {
  const byName = new Map<string, string>();
  for (const tag of data.tags) {
    const shown = Array.from(tag.trim()).slice(0, tagLengthMax).join("");
    const name = shown.toLowerCase();
    if (shown !== "" && !byName.has(name)) byName.set(name, shown);
  }
  return [...byName.values()].slice(0, tagsMax);
}
