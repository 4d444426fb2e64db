import type { Part } from "@/lib/chats/part";
import type { ToolPart } from "@/lib/chats/tool-part";

const call = { type: "dynamic-tool", toolCallId: "c", toolName: "search" } as const;
const input = { q: "x", deep: [{ n: 1 }] };
const request = { id: "a", requestReason: "It costs money" };

/** A call in every state that the SDK knows. */
export const calls: ToolPart[] = [
  { ...call, state: "input-streaming", rawInput: '{"q":"x', input: { q: "x" } },
  { ...call, state: "input-available", input },
  { ...call, state: "approval-requested", input, approval: request },
  { ...call, state: "approval-responded", input, approval: { ...request, approved: true, reason: "Fine" } },
  { ...call, state: "output-available", input, output: ["found", 2], preliminary: true },
  { ...call, state: "output-available", input, output: null, approval: { ...request, approved: true } },
  { ...call, state: "output-error", input, errorText: "Out of order" },
  { ...call, state: "output-denied", input, approval: { ...request, approved: false } },
  {
    ...call,
    state: "output-error",
    input: '{"q":',
    errorText: "Not run",
    resultProviderMetadata: { parley: { notRun: "cut_off" } },
  },
];

/** Of each other kind one. */
export const others: Part[] = [
  { type: "reasoning", text: "why", state: "done", providerMetadata: { parley: { durationMs: 3 } } },
  { type: "text", text: "because", state: "done" },
  { type: "file", mediaType: "image/png", url: "data:image/png;base64,AA==" },
  { type: "text", text: "and", state: "done" },
  { type: "source-url", sourceId: "1", url: "https://example.com/", title: "Example" },
  {
    type: "source-document",
    sourceId: "2",
    mediaType: "application/pdf",
    title: "A paper",
    filename: "a.pdf",
  },
  { type: "data-left-out", id: "l", data: { kind: "image", reason: "too_many", count: 2 } },
];
