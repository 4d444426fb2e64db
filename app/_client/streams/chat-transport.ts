import type { ChatTransport, UIMessageChunk } from "ai";
import type { z } from "zod";
import { api } from "@/app/_client/api";
import { failureOf, toFailure } from "@/app/_client/chat-failure";
import type { Connection } from "@/app/_client/connection/connection";
import type { ChatMessage } from "@/app/_client/session/chat-message";
import { narrate } from "@/app/_client/session/narrate";
import { listMessages } from "@/lib/api/chats";
import type { sendBodySchema } from "@/lib/api/generations";
import { type AnswerEnd, streamAnswer } from "./answer-stream";
import { inPieces } from "./in-pieces";
import { post } from "./post";
import { createSendPace } from "./send-pace";

export interface TransportEvents {
  /** The question is stored and its answer begun; from here on nothing is posted again. */
  onAccepted(generationId: string | null, leftLeafId: string | null): void;
  onEnd(end: AnswerEnd): void;
}

/** Sends only the new message, and follows answers over dropped connections, so that `useChat` never sees one. */
export function createChatTransport(
  events: TransportEvents,
  connection: Connection,
): ChatTransport<ChatMessage> {
  async function accepted(
    chatId: string,
    posted: Response | "arrived",
    signal: AbortSignal | undefined,
  ): Promise<ReadableStream<UIMessageChunk>> {
    const first = posted === "arrived" ? await follow(chatId, null, null, signal) : posted;
    if (!first.ok) throw await failureOf(first);
    events.onAccepted(first.headers.get("X-Generation-Id"), first.headers.get("X-Left-Leaf"));
    return chunksOf(chatId, first, signal);
  }

  function follow(
    chatId: string,
    generationId: string | null,
    cursor: string | null,
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    return connection.mode() === "poll"
      ? poll(chatId, generationId, cursor, signal)
      : openStream(chatId, generationId, cursor, signal, connection);
  }

  function chunksOf(
    chatId: string,
    first: Response,
    signal: AbortSignal | undefined,
  ): ReadableStream<UIMessageChunk> {
    const generationId = first.headers.get("X-Generation-Id");
    const reconnect = (cursor: string | null) => follow(chatId, generationId, cursor, signal);
    const chunks = inPieces(narrate(streamAnswer({ first, signal, connection, reconnect })));
    return new ReadableStream<UIMessageChunk>({
      async pull(controller) {
        const next = await chunks.next();
        if (!next.done) return controller.enqueue(next.value);
        events.onEnd(next.value);
        controller.close();
      },
      async cancel() {
        await chunks.return("gone");
      },
    });
  }

  return {
    async sendMessages({ chatId, messages, trigger, messageId, headers, body, abortSignal }) {
      const asks = trigger === "submit-message";
      const question = asks ? messages.at(-1) : undefined;
      const sent = {
        id: chatId,
        trigger,
        message: withoutMetadata(question),
        messageId: asks ? undefined : messageId,
        ...body,
      } satisfies z.input<typeof sendBodySchema>;
      if (asks) await pace.turn(chatId);
      const posted = await post({
        connection,
        sleep,
        signal: abortSignal,
        send: (signal) => postJson("/api/chat", sent, headers, signal),
        hasArrived: async (signal) =>
          question !== undefined && (await hasMessage(chatId, question.id, signal)),
      });
      return accepted(chatId, posted, abortSignal);
    },

    /** With a `messageId` in the body the answer is gone on with; else it is only followed. */
    async reconnectToStream({ chatId, headers, body, abortSignal }) {
      if (body && "messageId" in body) {
        const posted = await post({
          connection,
          sleep,
          signal: abortSignal,
          send: (signal) =>
            postJson(`/api/chat/${encodeURIComponent(chatId)}/continue`, body, headers, signal),
          hasArrived: async () => false,
        });
        return accepted(chatId, posted, abortSignal);
      }
      const first = await follow(chatId, null, null, abortSignal).catch((cause) => {
        if (abortSignal?.aborted) throw cause;
        throw toFailure(cause);
      });
      if (first.status === 204 || first.status === 410) {
        events.onEnd("gone");
        return null;
      }
      if (!first.ok) throw await failureOf(first);
      events.onAccepted(first.headers.get("X-Generation-Id"), first.headers.get("X-Left-Leaf"));
      return chunksOf(chatId, first, abortSignal);
    },
  };
}

function postJson(
  url: string,
  body: object,
  headers: Record<string, string> | Headers | undefined,
  signal: AbortSignal,
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    signal,
    headers: { "Content-Type": "application/json", ...Object.fromEntries(new Headers(headers)) },
    body: JSON.stringify(body),
  });
}

/** Headers that do not come are held back on their way, as everything behind them would be. */
async function openStream(
  chatId: string,
  generationId: string | null,
  cursor: string | null,
  signal: AbortSignal | undefined,
  connection: Connection,
): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => {
    connection.holdsBack();
    late.abort();
  }, headersMsMax);
  try {
    return await fetch(streamUrl(chatId, { generation: generationId }), {
      signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
      headers: cursor === null ? undefined : { "Last-Event-ID": cursor },
    });
  } finally {
    clearTimeout(timer);
  }
}

function poll(
  chatId: string,
  generationId: string | null,
  cursor: string | null,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const deadline = AbortSignal.timeout(pollMsMax);
  return fetch(streamUrl(chatId, { generation: generationId, after: cursor, wait: String(pollSeconds) }), {
    signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    headers: { Accept: "application/json" },
  });
}

function streamUrl(chatId: string, query: Record<string, string | null>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== null);
  return `/api/chat/${encodeURIComponent(chatId)}/stream?${new URLSearchParams(given)}`;
}

async function hasMessage(chatId: string, messageId: string, signal: AbortSignal): Promise<boolean> {
  const query = { path: "active" as const, limit: 2 };
  const { items } = await api(listMessages, { params: { chatId }, query, signal });
  return items.some((message) => message.id === messageId);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const pace = createSendPace({ now: () => performance.now(), sleep });

const headersMsMax = 10_000;
const pollSeconds = 25;
const pollMsMax = 45_000;

function withoutMetadata(message: ChatMessage | undefined) {
  return message && { id: message.id, role: message.role, parts: message.parts };
}
