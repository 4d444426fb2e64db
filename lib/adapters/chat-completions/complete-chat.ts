import { z } from "zod";
import type { Completion } from "@/lib/models/provider";
import { chatFrameOf } from "./chat-frame";
import { createCompletion } from "./completion";
import { openLine } from "./line";
import { parseJson } from "./parse-json";
import { brokenAnswer, providerError } from "./provider-error";
import { failureStated } from "./provider-failure";
import { readText } from "./read-text";
import { type ChatRequest, sendChat } from "./send-chat";

export interface WholeCall extends ChatRequest {
  deadlineMs: number;
  onUpstreamId?: (id: string) => void;
}

/** One answer that comes at once; fails and aborts as `ModelProvider.complete` says. */
export async function completeChat(call: WholeCall, signal: AbortSignal): Promise<Completion> {
  signal.throwIfAborted();
  const line = openLine(call.provider, signal);
  line.expectWithin(call.deadlineMs);
  try {
    return await line.wait(load(call, line.signal));
  } finally {
    line.close();
    line.hangUp();
  }
}

async function load(call: WholeCall, signal: AbortSignal): Promise<Completion> {
  const { provider } = call;
  const { upstreamId, body } = await sendChat(call, signal);
  if (upstreamId !== null) call.onUpstreamId?.(upstreamId);
  const json = parseJson(await readText(body));
  const failure = failureStated(json);
  if (failure !== null) throw providerError({ provider, status: null, failure, isAboutModel: true });
  const whole = wholeSchema.safeParse(json);
  const frame = whole.success ? chatFrameOf(whole.data) : null;
  const completion = createCompletion();
  if (frame) completion.take(frame);
  if (!completion.finish()) throw brokenAnswer(provider, "what it sent is no complete answer");

  const chunks = completion.chunks();
  const text = chunks.map((chunk) => (chunk.type === "text-delta" ? chunk.text : "")).join("");
  const finish = chunks.find((chunk) => chunk.type === "finish");
  return { text, usage: finish?.usage ?? null, costMicros: finish?.costMicros ?? null };
}

/** A whole completion is one frame of a streamed one, in which the delta is called `message`. */
const wholeSchema = z.looseObject({
  choices: z.array(
    z
      .looseObject({ message: z.unknown() })
      .transform(({ message, ...choice }) => ({ ...choice, delta: message })),
  ),
});
