import { AppError } from "@/lib/errors/app-error";
import type { ModelChunk } from "@/lib/models/provider";
import { createAnswerReader } from "./answer-reader";
import { openLine } from "./line";
import type { PacedBody } from "./paced-body";
import { brokenAnswer } from "./provider-error";
import { type ChatRequest, sendChat } from "./send-chat";

export interface ChatCall extends ChatRequest {
  firstChunkMs: number;
  betweenChunksMs: number;
}

/** How long an answer with a finish reason waits for the usage that comes after it. */
const usageWaitMs = 10_000;

/** How long a connection may linger after its answer, so that the next request finds it open. */
const lingerMs = 1_000;

/**
 * Streams one answer of a chat-completions API; fails and aborts as `ModelProvider.stream` says.
 *
 * The SDK writes the request, because it knows which model takes which parameter how. The
 * response is read here: the SDK's chain of web streams costs 60 µs more for a token that
 * comes alone, 150 µs under `streamText`, where reading it costs a few; and on the way it
 * drops or holds back reasoning, cost and errors.
 */
export async function* streamAnswer(
  call: ChatCall,
  signal: AbortSignal,
): AsyncGenerator<ModelChunk, void, undefined> {
  signal.throwIfAborted();
  const { provider, firstChunkMs, betweenChunksMs } = call;
  const line = openLine(provider, signal);
  const answer = createAnswerReader(provider);
  let body: PacedBody | null = null;

  try {
    line.expectWithin(firstChunkMs);
    const response = await line.wait(sendChat(call, line.signal));
    answer.upstreamId(response.upstreamId);
    body = response.body;

    while (true) {
      for (const chunk of answer.chunks()) {
        signal.throwIfAborted();
        yield chunk;
      }
      const outcome = answer.outcome();
      if (outcome?.isSuccess) return;
      if (outcome) throw outcome.error;

      const piece = await line.wait(body.read()).catch((error: unknown) => {
        signal.throwIfAborted();
        return {
          failure: error instanceof AppError ? error : brokenAnswer(provider, "the connection broke"),
        };
      });
      if (piece === null) answer.end(null);
      else if ("failure" in piece) answer.end(piece.failure);
      else if (answer.read(piece)) {
        line.expectWithin(
          answer.hasFinishReason() ? Math.min(usageWaitMs, betweenChunksMs) : betweenChunksMs,
        );
      }
    }
  } finally {
    line.close();
    if (body !== null && answer.outcome()?.isSuccess) void linger(body, line.hangUp);
    else line.hangUp();
  }
}

async function linger(body: PacedBody, hangUp: () => void): Promise<void> {
  const timer = setTimeout(hangUp, lingerMs);
  try {
    while ((await body.read()) !== null);
  } catch {
    // The answer is complete, and a connection that breaks now is only not used again.
  } finally {
    clearTimeout(timer);
  }
}
