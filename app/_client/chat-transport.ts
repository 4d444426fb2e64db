import type { ChatTransport, UIMessageChunk } from "ai";
import type { z } from "zod";
import type { sendBodySchema } from "@/lib/api/generations";
import { type AnswerEnd, type AnswerSource, streamAnswer } from "./answer-stream";
import { failureOf, toFailure } from "./chat-failure";
import type { ChatMessage } from "./chat-message";
import { narrate } from "./narrate";

export interface TransportEvents {
  /** The question is stored and its answer begun; from here on nothing is posted again. */
  onAccepted(generationId: string | null): void;
  onEnd(end: AnswerEnd): void;
}

/** Sends only the new message, and follows answers over dropped connections, so that `useChat` never sees one. */
export function createChatTransport(events: TransportEvents): ChatTransport<ChatMessage> {
  return {
    async sendMessages({ chatId, messages, trigger, messageId, headers, body, abortSignal }) {
      const asks = trigger === "submit-message";
      const sent = {
        id: chatId,
        trigger,
        message: asks ? withoutMetadata(messages.at(-1)) : undefined,
        messageId: asks ? undefined : messageId,
        ...body,
      } satisfies z.input<typeof sendBodySchema>;
      const first = await request("/api/chat", {
        method: "POST",
        signal: abortSignal,
        headers: { "Content-Type": "application/json", ...Object.fromEntries(new Headers(headers)) },
        body: JSON.stringify(sent),
      });
      if (!first.ok) throw await failureOf(first);
      events.onAccepted(first.headers.get("X-Generation-Id"));
      return chunksOf(chatId, first, abortSignal, events);
    },

    async reconnectToStream({ chatId, abortSignal }) {
      const first = await request(streamUrl(chatId), { signal: abortSignal });
      if (first.status === 204 || first.status === 410) {
        events.onEnd("gone");
        return null;
      }
      if (!first.ok) throw await failureOf(first);
      events.onAccepted(first.headers.get("X-Generation-Id"));
      return chunksOf(chatId, first, abortSignal, events);
    },
  };
}

function chunksOf(
  chatId: string,
  first: Response,
  signal: AbortSignal | undefined,
  events: TransportEvents,
): ReadableStream<UIMessageChunk> {
  const generationId = first.headers.get("X-Generation-Id");
  const source: AnswerSource = {
    first,
    signal,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    reconnect: (cursor) =>
      fetch(streamUrl(chatId, generationId), {
        signal,
        headers: cursor === null ? undefined : { "Last-Event-ID": cursor },
      }),
  };
  const chunks = narrate(streamAnswer(source));
  return new ReadableStream<UIMessageChunk>({
    async pull(controller) {
      const next = await chunks.next();
      if (!next.done) return controller.enqueue(next.value);
      events.onEnd(next.value);
      controller.close();
    },
    async cancel() {
      await chunks.return("lost");
    },
  });
}

function streamUrl(chatId: string, generationId: string | null = null): string {
  const query = generationId === null ? "" : `?generation=${encodeURIComponent(generationId)}`;
  return `/api/chat/${encodeURIComponent(chatId)}/stream${query}`;
}

async function request(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw toFailure(cause);
  }
}

function withoutMetadata(message: ChatMessage | undefined) {
  return message && { id: message.id, role: message.role, parts: message.parts };
}
