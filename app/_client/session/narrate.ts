import type { UIMessageChunk } from "ai";
import { z } from "zod";
import { parseChatError } from "@/app/_client/chat-failure";
import type { AnswerEnd } from "@/app/_client/streams/answer-stream";
import { cutReasonOf } from "@/lib/chats/message";
import { type ChatMessageMetadata, parseChunkMetadata } from "./chat-message";

/**
 * Tells the message itself how its answer fares: every way an answer can end becomes its
 * `metadata.status`, so that a live answer and one read from the database look the same.
 * A failure becomes part of the message too, and no error of the hook.
 */
export async function* narrate(
  chunks: AsyncGenerator<UIMessageChunk, AnswerEnd, void>,
): AsyncGenerator<UIMessageChunk, AnswerEnd, void> {
  for (;;) {
    const next = await chunks.next();
    if (next.done) return next.value;
    const chunk = next.value;
    switch (chunk.type) {
      case "start":
        yield {
          ...chunk,
          messageMetadata: {
            ...parseChunkMetadata(chunk.messageMetadata),
            status: "streaming",
            isDetached: false,
          } satisfies ChatMessageMetadata,
        };
        break;
      case "finish":
        yield {
          ...chunk,
          messageMetadata: {
            ...parseChunkMetadata(chunk.messageMetadata),
            status: "complete",
            // Said in any case: what was gone on with may have been cut before.
            finishReason: cutReasonOf(chunk.finishReason),
          } satisfies ChatMessageMetadata,
        };
        break;
      case "data-waiting":
        yield said({ waitsUntil: Date.now() + waitingSchema.parse(chunk.data).retryAfterMs });
        break;
      case "message-metadata":
        yield said(parseChunkMetadata(chunk.messageMetadata));
        break;
      case "abort":
        yield said({ status: "stopped" });
        yield chunk;
        break;
      case "error": {
        const error = parseChatError(chunk.errorText);
        const status = error.type === "interrupted" ? "interrupted" : "failed";
        yield said({ status, error, failedAt: Date.now() });
        break;
      }
      default:
        yield chunk;
    }
  }
}

const waitingSchema = z.object({ retryAfterMs: z.number() });

function said(messageMetadata: ChatMessageMetadata): UIMessageChunk {
  return { type: "message-metadata", messageMetadata };
}
