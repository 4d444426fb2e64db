import type { Branch } from "@/lib/chats/chat-store";
import type { LeftOut } from "@/lib/chats/message";
import { type ComposedMessage, composeMessages } from "./compose-messages";
import { historyEntries } from "./history";
import { digestOf, type PromptRecipe } from "./recipe";

export interface Rebuilt {
  messages: ComposedMessage[];
  /** Whether it is to the byte what was sent. It is not where an earlier message is no longer what it was. */
  isExact: boolean;
}

/** The prompt of an answer, from its recipe and the conversation up to its question. */
export function rebuildPrompt(recipe: PromptRecipe, path: Branch["path"]): Rebuilt {
  const first = recipe.firstMessageId === null ? 0 : path.findIndex(({ id }) => id === recipe.firstMessageId);
  const messages = composeMessages({
    sections: recipe,
    summary: recipe.summary?.text ?? null,
    history: historyEntries(path.slice(Math.max(0, first))),
    marksCache: recipe.marksCache,
  });
  return { messages, isExact: digestOf(messages) === recipe.digest };
}

export function leftOutBy(recipe: PromptRecipe | null): LeftOut | null {
  if (!recipe || recipe.firstMessageId === null) return null;
  return { messages: recipe.leftOut, firstMessageId: recipe.firstMessageId };
}
