import type { PromptMessage } from "@/lib/models/provider";

/** What of a character the prompt is made of. All of it is text as its author wrote it, placeholders included; empty where there is none. */
export interface PromptCharacter {
  id: string;
  name: string;
  description: string;
  personality: string;
  scenario: string;
  exampleDialogue: string;
  /** Replaces the person's system prompt where it is not empty; `{{original}}` in it stands for that. */
  systemPrompt: string;
  /** The same for what is said after the history. */
  postSystemPrompt: string;
  /** Entries of the lorebook that the conversation has called up, in the order in which they are told. */
  lore: {
    beforeDescription: readonly string[];
    afterDescription: readonly string[];
    /** The oldest place first. */
    atDepth: readonly LoreAtDepth[];
  };
}

/** What is told within the conversation, before its newest so many messages. */
export interface LoreAtDepth {
  depth: number;
  role: PromptMessage["role"];
  texts: readonly string[];
}

/** Who the person is in the chat. */
export interface PromptProfile {
  id: string;
  name: string;
  description: string;
}
