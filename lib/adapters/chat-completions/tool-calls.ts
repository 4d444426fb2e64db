import type { ModelChunk } from "@/lib/models/provider";
import type { ToolCallPiece } from "./chat-frame";

// So late no name comes: what is held back is counted by nobody.
const heldCharactersMax = 64 * 1024;
const heldCallsMax = 100;

interface Call {
  index: number | null;
  /** The provider's own, where it gives one. */
  id: string | null;
  toolCallId: string;
  hasName: boolean;
  held: string;
}

/**
 * Puts the pieces of tool calls together. Servers differ: some number the calls, some give each piece the id, some
 * call all of them number 0, and the name may be late.
 */
export function createToolCalls(say: (chunk: ModelChunk) => void) {
  const calls: Call[] = [];

  function find({ index, id }: ToolCallPiece): Call | undefined {
    const isAnother = (call: Call | undefined) => Boolean(id && call?.id && call.id !== id);
    const found = index == null ? calls.at(-1) : calls.findLast((call) => call.index === index);
    return isAnother(found) ? calls.find((call) => call.id === id) : found;
  }

  function begin({ index, id }: ToolCallPiece): Call {
    const isFree = id && !calls.some(({ toolCallId }) => toolCallId === id);
    const toolCallId = isFree ? id : `parley-call-${calls.length + 1}`;
    const call = { index: index ?? null, id: id || null, toolCallId, hasName: false, held: "" };
    calls.push(call);
    return call;
  }

  function name(call: Call, toolName: string): void {
    call.hasName = true;
    say({ type: "tool-input-start", toolCallId: call.toolCallId, toolName });
    add(call, call.held);
  }

  function add({ toolCallId }: Call, text: string): void {
    if (text !== "") say({ type: "tool-input-delta", toolCallId, text });
  }

  return {
    take(piece: ToolCallPiece): void {
      const call = find(piece) ?? begin(piece);
      if (piece.function.name && !call.hasName) name(call, piece.function.name);
      const text = piece.function.arguments ?? "";
      if (call.hasName) add(call, text);
      else call.held += text;
      const isTooLate = call.held.length > heldCharactersMax || calls.length > heldCallsMax;
      if (isTooLate && !call.hasName) name(call, "");
    },
    /** A call whose name never came is shown without one. */
    end(): void {
      for (const call of calls) if (!call.hasName) name(call, "");
    },
  };
}
