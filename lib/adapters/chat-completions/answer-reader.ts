import type { AppError } from "@/lib/errors/app-error";
import { parseChatFrame } from "./chat-frame";
import { createCompletion } from "./completion";
import { createEventParser } from "./event-parser";
import { brokenAnswer, providerError } from "./provider-error";
import { failureInBody, failureStated } from "./provider-failure";

/** How an answer ended. */
export type Outcome = { isSuccess: true } | { isSuccess: false; error: AppError };

/**
 * Reads the body of a streamed chat completion. It ends by itself at `[DONE]`, at an error
 * and at garbage; the chunks that came before the end are there either way.
 */
export function createAnswerReader(provider: string) {
  const events = createEventParser();
  const completion = createCompletion();
  let outcome: Outcome | null = null;

  /** @returns whether the bytes brought the answer forward */
  function read(bytes: Uint8Array): boolean {
    const hasProgressed = takeAll(events.push(bytes));
    if (outcome === null && events.isEndless()) fail(brokenAnswer(provider, "an event has no end"));
    return hasProgressed;
  }

  /**
   * The body is at its end, or has broken off with `error`. An answer that has its finish
   * reason is complete all the same: only its usage is missing.
   */
  function end(error: AppError | null): void {
    takeAll(events.end());
    if (outcome !== null) return;
    const failure = failureInBody(events.strayText());
    if (completion.hasFinishReason()) finish();
    else if (error !== null) fail(error);
    else if (failure !== null) fail(providerError({ provider, status: null, failure, isAboutModel: true }));
    else fail(brokenAnswer(provider, "the answer ended early"));
  }

  function takeAll(events: readonly string[]): boolean {
    let hasProgressed = false;
    for (const data of events) {
      if (outcome !== null) break;
      if (take(data)) hasProgressed = true;
    }
    return hasProgressed;
  }

  function take(data: string): boolean {
    if (data === "[DONE]") {
      finish();
      return true;
    }
    const frame = parseChatFrame(data);
    if (frame === null) {
      fail(brokenAnswer(provider, "what it sent is no chat completion"));
      return true;
    }
    const failure = failureStated(frame);
    if (failure !== null) {
      fail(providerError({ provider, status: null, failure, isAboutModel: true }));
      return true;
    }
    return completion.take(frame);
  }

  function finish(): void {
    outcome = completion.finish()
      ? { isSuccess: true }
      : { isSuccess: false, error: brokenAnswer(provider, "the answer ended without success") };
  }

  function fail(error: AppError): void {
    outcome = { isSuccess: false, error };
  }

  return {
    read,
    end,
    upstreamId: completion.upstreamId,
    chunks: completion.chunks,
    hasFinishReason: completion.hasFinishReason,
    outcome: () => outcome,
  };
}
