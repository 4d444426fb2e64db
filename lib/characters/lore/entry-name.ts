import type { LoreEntry } from "@/lib/characters/card";

/** What an entry is called in a list: its name, else its author's comment, else its keys; empty without any. */
export function entryName({ name, comment, keys }: LoreEntry): string {
  const given = [name, comment].find((text) => typeof text === "string" && text.trim() !== "");
  return (typeof given === "string" ? given : keys.join(", ")).slice(0, nameLengthMax);
}

const nameLengthMax = 200;
