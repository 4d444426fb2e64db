import { annotationsOf, imagesOf, toolCallId } from "./deltas.ts";
import { finishReasonOf, type Identity, provider } from "./frames.ts";
import { scriptedReasoning, scriptedText } from "./scripted-text.ts";
import type { Turn } from "./turn.ts";
import type { Usage } from "./usage.ts";

/** The same answer as the stream's, at once: delays and whatever breaks a stream do not apply. */
export function wholeCompletion({ id, model, createdSeconds }: Identity, turn: Turn, usage: Usage) {
  const { script, toolCalls } = turn;
  const reasoning = scriptedReasoning(script);
  const finishReason = finishReasonOf(turn);
  const message = {
    role: "assistant",
    content: toolCalls.length > 0 ? null : scriptedText(script),
    refusal: null,
    ...(reasoning === "" ? {} : reasoned(reasoning)),
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls.map(toolCall) }),
    ...(script.sources.length === 0 ? {} : { annotations: annotationsOf(script) }),
    ...(script.images === 0 ? {} : { images: imagesOf(script) }),
  };
  const choice = {
    index: 0,
    logprobs: null,
    finish_reason: finishReason,
    native_finish_reason: finishReason,
    message,
  };
  return {
    id,
    object: "chat.completion",
    created: createdSeconds,
    model,
    provider,
    choices: [choice],
    ...(script.usage === null ? {} : { usage }),
  };

  function toolCall(call: Turn["toolCalls"][number], index: number) {
    return { index, id: toolCallId(id, index), type: "function", function: call };
  }
}

function reasoned(text: string) {
  return {
    reasoning: text,
    reasoning_details: [{ type: "reasoning.text", text, format: "unknown", index: 0 }],
  };
}
