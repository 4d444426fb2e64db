import type { Branch } from "@/lib/chats/chat-store";
import { textOf } from "@/lib/chats/part";
import type { Titler } from "@/lib/chats/titler";
import type { ModelSettings } from "@/lib/models/settings";
import type { Generation } from "./generation";

// The first question, or the second with what came before it, where no title came of the first.
const namedPathMax = 3;

interface Naming {
  titler: Titler | null;
  isGuest: boolean;
  /** `null` for a chat that has just begun. */
  chat: Pick<Branch["chat"], "titleSource"> | null;
  /** What the model is told, the question included. */
  path: Branch["path"];
  generation: Pick<Generation, "chatId" | "userId" | "model"> & { settings: ModelSettings };
}

/**
 * Has the chat named once the answer is whole; `undefined` where it is not to be. A guest may be anybody: their chats
 * are named by their questions, which costs nothing.
 */
export function namingOf({
  titler,
  isGuest,
  chat,
  path,
  generation,
}: Naming): ((answer: string) => void) | undefined {
  const isOpen = chat === null || chat.titleSource === "question";
  if (!titler || isGuest || !isOpen || path.length > namedPathMax) return undefined;
  const { chatId, userId, model, settings } = generation;
  const question = textOf(path.find(({ role }) => role === "user")?.parts ?? []);
  return (answer) => titler.name({ chatId, userId, model, routing: settings.routing, question, answer });
}
