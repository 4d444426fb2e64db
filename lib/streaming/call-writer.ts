import type { Part } from "@/lib/chats/part";
import { isToolPart, type NotRunReason } from "@/lib/chats/tool-part";
import type { Chunk } from "./chunk";
import { parseToolInput, storableText } from "./tool-input";

/** Turns what a model asks of tools into parts. Nothing is run: at the end each call says why. */
export interface CallWriter {
  /** `id` is the provider's and told apart by it alone. */
  begin(id: string, toolName: string): void;
  add(id: string, text: string): void;
  /** `whole`: the model had said all it wanted to say. */
  close(end: "whole" | "cut"): void;
}

interface OpenCall {
  toolCallId: string;
  toolName: string;
  text: string;
  held: string;
}

// The SDK reads the whole input again with each delta: deltas that grow with it keep the sum of that linear.
const deltaLengthMin = 64;
const growthMin = 1 / 4;

const toolNameLengthMax = 200;

/** What `begun` holds half-written will not go on: its writer is gone. */
export function createCallWriter(emit: (chunk: Chunk) => void, begun: readonly Part[]): CallWriter {
  const left = begun.filter(isToolPart);
  const taken = new Set(left.map(({ toolCallId }) => toolCallId));
  const open = new Map<string, OpenCall>();
  for (const chunk of cutCalls(begun)) emit(chunk);

  function release(call: OpenCall, isLast: boolean) {
    const lastUnit = call.held.charCodeAt(call.held.length - 1);
    const isHalf = !isLast && lastUnit >= 0xd800 && lastUnit <= 0xdbff;
    const inputTextDelta = storableText(isHalf ? call.held.slice(0, -1) : call.held);
    if (inputTextDelta !== "")
      emit({ type: "tool-input-delta", toolCallId: call.toolCallId, inputTextDelta });
    call.text += inputTextDelta;
    call.held = isHalf ? call.held.slice(-1) : "";
  }

  return {
    begin(id, name) {
      if (open.has(id)) return;
      const toolCallId = freeId(storableText(id), taken);
      const toolName = storableText(name.slice(0, toolNameLengthMax));
      taken.add(toolCallId);
      open.set(id, { toolCallId, toolName, text: "", held: "" });
      emit({ type: "tool-input-start", toolCallId, toolName, dynamic: true });
    },
    add(id, text) {
      const call = open.get(id);
      if (!call) return;
      call.held += text;
      if (call.held.length >= Math.max(deltaLengthMin, call.text.length * growthMin)) release(call, false);
    },
    close(end) {
      for (const call of open.values()) {
        release(call, true);
        const read = end === "cut" && call.text === "" ? null : parseToolInput(call.text);
        const reason = read ? "no_such_tool" : end === "cut" ? "cut_off" : "unreadable_input";
        emit(notRun(call, read ? read.input : call.text, reason));
      }
      open.clear();
    },
  };
}

/** What ends the calls that a writer has left half-written. */
export function cutCalls(parts: readonly Part[]): Chunk[] {
  return parts
    .filter(isToolPart)
    .filter(({ state }) => state === "input-streaming")
    .map((part) => notRun(part, part.rawInput ?? "", "cut_off"));
}

/** As the SDK tells of a call that cannot be run, so that no client takes it for one of its own. */
function notRun(
  { toolCallId, toolName }: Pick<OpenCall, "toolCallId" | "toolName">,
  input: unknown,
  reason: NotRunReason,
): Chunk {
  return {
    type: "tool-input-error",
    toolCallId,
    toolName,
    dynamic: true,
    input,
    errorText: errorTexts[reason],
    providerMetadata: { parley: { notRun: reason } },
  };
}

/** For clients that do not know the reason by its name. */
const errorTexts: Record<NotRunReason, string> = {
  no_such_tool: "Not run: Parley has no such tool.",
  unreadable_input: "Not run: the input that the model wrote is not valid JSON.",
  cut_off: "Not run: the answer was cut off before the input was complete.",
};

function freeId(id: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? id : `${id}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}
