import { z } from "zod";
import { type ChatError, chatErrorSchema } from "@/lib/errors/chat-error";
import { t } from "@/lib/i18n/translator";

/** What every call of the browser's client rejects with: a failure that a person can be told of. */
export class ChatFailure extends Error {
  override readonly name = "ChatFailure";
  readonly error: ChatError;

  constructor(error: ChatError, options?: ErrorOptions) {
    super(error.message, options);
    this.error = error;
  }
}

/** The failure that an answer with an error status carries. */
export async function failureOf(response: Response): Promise<ChatFailure> {
  const body = await response.text().catch(() => "");
  return new ChatFailure(parseChatError(body, (json) => envelopeSchema.parse(json).error));
}

/** Whatever a call threw. What is no `ChatFailure` is a request that reached nobody. */
export function toFailure(cause: unknown): ChatFailure {
  if (cause instanceof ChatFailure) return cause;
  return new ChatFailure(connectionLost(), { cause });
}

/** A failure as it is shown: a wait counts from when it was learned of. */
export interface Refusal {
  error: ChatError;
  failedAt: number;
}

export function refusalOf(cause: unknown): Refusal {
  return { error: toFailure(cause).error, failedAt: Date.now() };
}

export function connectionLost(): ChatError {
  return {
    type: "unavailable",
    message: t("connection.lost"),
    provider: null,
    retryable: true,
    retryAfterMs: null,
    requestId: "",
    details: { reason: "connection" },
  };
}

/** Something in between may answer with a page of its own; that is a server out of reach too. */
export function parseChatError(text: string, read: (json: unknown) => ChatError = readChatError): ChatError {
  try {
    return read(JSON.parse(text));
  } catch {
    return { ...connectionLost(), message: t("connection.unreadable") };
  }
}

const envelopeSchema = z.object({ error: chatErrorSchema });

function readChatError(json: unknown): ChatError {
  return chatErrorSchema.parse(json);
}
