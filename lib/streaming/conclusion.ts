import { cutReasonOf } from "@/lib/chats/message";
import type { ChatError } from "@/lib/errors/chat-error";
import type { ModelChunk } from "@/lib/models/provider";
import type { TerminalChunk } from "./chunk";
import type { Ending } from "./generation";

/** How an answer ends: what is stored, and the chunk that says so to its readers. */
export interface Conclusion {
  ending: Omit<Ending, "seams" | "bill">;
  terminal: TerminalChunk;
}

export function completed({
  reason,
  usage,
  costMicros,
}: Extract<ModelChunk, { type: "finish" }>): Conclusion {
  return {
    ending: { status: "completed", cutReason: cutReasonOf(reason), usage, costMicros, error: null },
    terminal: { type: "finish", finishReason: reason, messageMetadata: { usage, costMicros } },
  };
}

export function stopped(): Conclusion {
  return {
    ending: { status: "stopped", cutReason: null, usage: null, costMicros: null, error: null },
    terminal: { type: "abort", reason: "stopped" },
  };
}

/** `interrupted`: the process that wrote it is gone. `failed`: the model or its provider is to blame. */
export function broken(status: "failed" | "interrupted", error: ChatError): Conclusion {
  return {
    ending: { status, cutReason: null, usage: null, costMicros: null, error },
    terminal: { type: "error", errorText: JSON.stringify(error) },
  };
}
