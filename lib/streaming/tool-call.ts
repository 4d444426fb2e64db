import { notRunReasonOf, type ToolPart } from "@/lib/chats/tool-part";
import type { ToolChunk } from "./tool-chunk";

/** The stored form of a call after one more chunk about it; `null` for news of a call that never began. */
export function toolPartAfter(part: ToolPart | null, chunk: ToolChunk): ToolPart | null {
  switch (chunk.type) {
    case "tool-input-start":
      return {
        ...callOf(chunk),
        state: "input-streaming",
        rawInput: "",
        input: undefined,
        output: undefined,
      };
    case "tool-input-available":
      return {
        ...callOf(chunk),
        state: "input-available",
        input: chunk.input,
        output: undefined,
        callProviderMetadata: chunk.providerMetadata,
      };
    case "tool-input-error":
      return {
        ...callOf(chunk),
        state: "output-error",
        input: chunk.input,
        output: undefined,
        errorText: chunk.errorText,
        resultProviderMetadata: chunk.providerMetadata,
      };
    case "tool-input-delta":
      return part && { ...part, rawInput: (part.rawInput ?? "") + chunk.inputTextDelta };
    case "tool-approval-request":
      return (
        part && {
          ...part,
          state: "approval-requested",
          approval: { id: chunk.approvalId, requestReason: chunk.reason },
        }
      );
    case "tool-approval-response": {
      const { approved, approvalId: id, reason } = chunk;
      return (
        part && { ...part, state: "approval-responded", approval: { ...part.approval, id, approved, reason } }
      );
    }
    case "tool-output-available": {
      const { output, preliminary, providerMetadata: resultProviderMetadata } = chunk;
      return part && { ...part, state: "output-available", output, preliminary, resultProviderMetadata };
    }
    case "tool-output-error": {
      const { errorText, providerMetadata: resultProviderMetadata } = chunk;
      return part && { ...part, state: "output-error", errorText, resultProviderMetadata };
    }
    case "tool-output-denied":
      return part && { ...part, state: "output-denied" };
    default:
      return chunk satisfies never;
  }
}

/** What brings a reader to where the stored call is. */
export function* chunksOfCall(part: ToolPart): Generator<ToolChunk> {
  const { toolCallId, state, input, approval, resultProviderMetadata: providerMetadata } = part;
  const call = { toolCallId, toolName: part.toolName, title: part.title, dynamic: true } as const;
  yield { type: "tool-input-start", ...call };
  if (state === "input-streaming") {
    if (part.rawInput) yield { type: "tool-input-delta", toolCallId, inputTextDelta: part.rawInput };
    return;
  }
  const errorText = part.errorText ?? "";
  if (state === "output-error" && notRunReasonOf(providerMetadata) !== null) {
    yield { type: "tool-input-error", ...call, input, errorText, providerMetadata };
    return;
  }
  yield { type: "tool-input-available", ...call, input, providerMetadata: part.callProviderMetadata };
  if (approval) {
    yield {
      type: "tool-approval-request",
      toolCallId,
      approvalId: approval.id,
      reason: approval.requestReason,
    };
    const { approved } = approval;
    if (approved !== undefined)
      yield { type: "tool-approval-response", approvalId: approval.id, approved, reason: approval.reason };
  }
  const outcome = { toolCallId, dynamic: true, providerMetadata } as const;
  if (state === "output-available") {
    const { output, preliminary } = part;
    yield { type: "tool-output-available", ...outcome, output, preliminary };
  }
  if (state === "output-error") yield { type: "tool-output-error", ...outcome, errorText };
  if (state === "output-denied") yield { type: "tool-output-denied", toolCallId };
}

function callOf({ toolCallId, toolName, title }: Pick<ToolPart, "toolCallId" | "toolName" | "title">) {
  return { type: "dynamic-tool" as const, toolCallId, toolName, title };
}
