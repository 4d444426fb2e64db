import type { ChatEvent } from "@/app/_client/events/chat-events";
import type { Chat } from "@/lib/chats/chat";
import { titleFrom } from "@/lib/chats/title";
import { aChat } from "./a-chat";

/** Stands for the generation until the server says which it is. */
export const askedId = "";

/** The chat as it will be once the server has the question. */
export function askedChat(
  known: Chat | undefined,
  { chatId, question, model }: Extract<ChatEvent, { type: "question-asked" }>,
  now: string,
): Chat {
  const named = { id: chatId, title: titleFrom(question), model };
  const first = known ?? aChat({ ...named, createdAt: now, updatedAt: now });
  return {
    ...first,
    archived: false,
    unread: false,
    updatedAt: now,
    activeGeneration: {
      id: askedId,
      messageId: "",
      status: "queued",
      startedAt: now,
      partialLength: 0,
      readers: 1,
    },
  };
}
