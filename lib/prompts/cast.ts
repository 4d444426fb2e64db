import type { PromptMessage } from "@/lib/models/provider";
import type { LoreReport } from "./lore-report";
import type { PromptCharacter, PromptProfile } from "./prompt-character";

/** Whom the model plays, and to whom. */
export interface Cast {
  character: PromptCharacter | null;
  profile: PromptProfile | null;
  /** What became of the character's lorebook; `null` without one. */
  lore: LoreReport | null;
}

/** What was said in a chat so far. */
export interface Conversation {
  chatId: string;
  /** The newest last. */
  messages: readonly { role: PromptMessage["role"]; text: string }[];
}

/** Read for every question: it must cost no statement when nothing has changed. */
export interface CastReader {
  /**
   * The character of a chat, with the lore that its latest messages call up, and the profile: the chat's, else the
   * character's, else the person's default. What is not there or somebody else's is `null`.
   *
   * Says the same whenever it is asked for the same conversation, until character or profile is changed.
   */
  castOf(
    chat: { userId: string; characterId: string | null; profileId: string | null },
    conversation: Conversation,
  ): Promise<Cast>;
}

/** A chat with nobody in particular. */
export const nobody: CastReader = {
  castOf: async () => ({ character: null, profile: null, lore: null }),
};
