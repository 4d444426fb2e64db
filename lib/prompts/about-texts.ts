import { fillPlaceholders, type PlaceholderRoom } from "./placeholders";
import type { PromptCharacter, PromptProfile } from "./prompt-character";

export interface Described {
  character: Pick<PromptCharacter, "description" | "personality" | "scenario"> | null;
  profile: Pick<PromptProfile, "description"> | null;
}

/**
 * What `{{persona}}`, `{{description}}`, `{{personality}}` and `{{scenario}}` stand for. They may name each other: what
 * one puts in has its names filled in, and which of the others it names in its turn stays as it was written.
 */
export function aboutTexts(
  { character, profile }: Described,
  { names, seed, room }: { names: Readonly<Record<string, string>>; seed: string; room: PlaceholderRoom },
) {
  const read = (others: Readonly<Record<string, string>>) => {
    const fill = (text: string, isCard: boolean) =>
      fillPlaceholders(text, { texts: { ...names, ...others }, seed, room }, { isCard });
    return {
      persona: fill(profile?.description ?? "", false),
      description: fill(character?.description ?? "", true),
      personality: fill(character?.personality ?? "", true),
      scenario: fill(character?.scenario ?? "", true),
    };
  };
  return read(read({}));
}
