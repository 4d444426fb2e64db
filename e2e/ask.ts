import { z } from "zod";
import { listMessages } from "@/lib/api/chats";
import { createId } from "@/lib/chats/id";
import type { Message } from "@/lib/chats/message";
import { type ChatError, chatErrorSchema } from "@/lib/errors/chat-error";
import type { Person } from "./person";
import { defaultModel } from "./provider-settings";
import { scriptedText } from "./scripted-model/scripted-text";
import { scriptFor } from "./scripted-model/turn";

export interface Asking {
  chatId?: string;
  messageId?: string;
  model?: string;
  /** Further fields of the body. */
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Posts a question as our own page does. */
export async function ask(
  person: Person,
  text: string,
  { chatId = createId(), messageId = createId(), model, body, headers, signal }: Asking = {},
) {
  const response = await person.request("POST", "/api/chat", {
    headers,
    signal,
    body: {
      id: chatId,
      message: { id: messageId, role: "user", parts: [{ type: "text", text }] },
      model,
      ...body,
    },
  });
  return { response, chatId, messageId, generationId: response.headers.get("x-generation-id") ?? "" };
}

/** What the scripted model says to a question, to the last character. */
export function answerTo(question: string, model = defaultModel): string {
  return scriptedText(scriptFor(model, question));
}

/** The whole tree of a chat, oldest first. */
export async function messagesOf(person: Person, chatId: string): Promise<Message[]> {
  return (await person.call(listMessages, { params: { chatId } })).items;
}

/** The error of an answer that is none. Throws when it has another shape than the contract's. */
export async function failureIn(response: Response): Promise<ChatError & { status: number }> {
  const body: unknown = await response.json();
  return { ...errorBody.parse(body).error, status: response.status };
}

const errorBody = z.object({ error: chatErrorSchema });
