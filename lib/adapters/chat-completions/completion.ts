import type { FinishReason, ModelChunk } from "@/lib/models/provider";
import type { Usage } from "@/lib/models/usage";
import type { ChatFrame } from "./chat-frame";
import { microsFromDollars } from "./money";
import { createToolCalls } from "./tool-calls";

type Delta = NonNullable<NonNullable<ChatFrame["choices"]>[number]["delta"]>;
type Channel = "text-delta" | "reasoning-delta";

/**
 * Turns the frames of one chat completion into chunks. What comes between two calls of
 * `chunks` is merged, so that a burst costs its consumer a few chunks and not thousands.
 */
export function createCompletion() {
  let waiting: ModelChunk[] = [];
  let hasId = false;
  let hasRefused = false;
  let finishReason: string | null = null;
  let usage: Usage | null = null;
  let costMicros: number | null = null;
  const toolCalls = createToolCalls(push);

  /** @returns whether the frame brought anything: an empty delta is as little progress as a comment */
  function take(frame: ChatFrame): boolean {
    const choice = frame.choices?.[0];
    upstreamId(frame.id);
    const hasSaid = choice?.delta ? takeDelta(choice.delta) : false;
    if (frame.usage) takeUsage(frame.usage);
    if (choice?.finish_reason) finishReason = choice.finish_reason;
    return hasSaid || Boolean(choice?.finish_reason) || Boolean(frame.usage);
  }

  function upstreamId(id: string | null | undefined): void {
    if (!id || hasId) return;
    hasId = true;
    waiting.push({ type: "upstream-id", id });
  }

  function takeDelta(delta: Delta): boolean {
    const details = delta.reasoning_details ?? [];
    const reasoning =
      delta.reasoning ||
      delta.reasoning_content ||
      details.map(({ text, summary }) => text ?? summary ?? "").join("");
    const text = `${delta.content ?? ""}${delta.refusal ?? ""}`;
    if (delta.refusal) hasRefused = true;
    say("reasoning-delta", reasoning);
    say("text-delta", text);
    for (const piece of delta.tool_calls ?? []) if (piece) toolCalls.take(piece);
    for (const citation of delta.annotations ?? []) {
      if (citation)
        push({ type: "source", url: citation.url_citation.url, title: citation.url_citation.title ?? null });
    }
    for (const image of delta.images ?? []) if (image) push({ type: "image", url: image.image_url.url });
    const others = [details, delta.tool_calls, delta.annotations, delta.images];
    return Boolean(reasoning || text || others.some((some) => some?.length));
  }

  function say(type: Channel, text: string): void {
    if (text !== "") push({ type, text });
  }

  function push(chunk: ModelChunk): void {
    const last = waiting.at(-1);
    if (
      chunk.type === "tool-input-delta" &&
      last?.type === chunk.type &&
      last.toolCallId === chunk.toolCallId
    )
      last.text += chunk.text;
    else if ((chunk.type === "text-delta" || chunk.type === "reasoning-delta") && last?.type === chunk.type)
      last.text += chunk.text;
    else waiting.push(chunk);
  }

  function takeUsage(reported: NonNullable<ChatFrame["usage"]>): void {
    usage = {
      inputTokens: reported.prompt_tokens ?? null,
      outputTokens: reported.completion_tokens ?? null,
      reasoningTokens: reported.completion_tokens_details?.reasoning_tokens ?? null,
      cachedTokens: reported.prompt_tokens_details?.cached_tokens ?? null,
    };
    costMicros = microsFromDollars(reported.cost);
  }

  return {
    take,
    upstreamId,

    chunks(): ModelChunk[] {
      const taken = waiting;
      waiting = [];
      return taken;
    },

    hasFinishReason: () => finishReason !== null,

    /** Adds the `finish` chunk, unless the upstream gave no reason for its end or one that is no success. */
    finish(): boolean {
      const reason = successOf(finishReason, hasRefused);
      toolCalls.end();
      if (reason !== null) waiting.push({ type: "finish", reason, usage, costMicros });
      return reason !== null;
    },
  };
}

/** A model that refuses says so in `refusal` and still ends with `stop`. */
function successOf(reason: string | null, hasRefused: boolean): FinishReason | null {
  switch (reason) {
    case "stop":
      return hasRefused ? "content-filter" : "stop";
    case "length":
      return "length";
    case "content_filter":
      return "content-filter";
    case "tool_calls":
    case "function_call":
      return "tool-calls";
    default:
      return null;
  }
}
