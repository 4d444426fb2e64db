import type { PromptCharacter, PromptProfile } from "./prompt-character";

/** Whom the model plays, and to whom. */
export interface Cast {
  character: PromptCharacter | null;
  profile: PromptProfile | null;
}

/** Read for every question: it must cost no statement when nothing has changed. */
export interface CastReader {
  /**
   * The character of a chat, with the lore that its latest messages call up, and the profile: the chat's, else the
   * character's, else the person's default. What is not there or somebody else's is `null`.
   *
   * `conversation` is what was said, the newest last.
   */
  castOf(
    chat: { userId: string; characterId: string | null; profileId: string | null },
    conversation: readonly string[],
  ): Promise<Cast>;
}

/** A chat with nobody in particular. */
export const nobody: CastReader = { castOf: async () => ({ character: null, profile: null }) };
