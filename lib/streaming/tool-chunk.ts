import { z } from "zod";

const providerMetadata = z.record(z.string(), z.record(z.string(), z.unknown())).optional();

const call = z.object({ toolCallId: z.string() });
const named = call.extend({
  toolName: z.string(),
  title: z.string().optional(),
  /** Always: no client knows the tools of a server beforehand. */
  dynamic: z.literal(true),
  providerMetadata,
});

/** What is told of a tool call, in the AI SDK's shapes and in this order. */
export const toolChunkSchemas = [
  named.extend({ type: z.literal("tool-input-start") }),
  call.extend({ type: z.literal("tool-input-delta"), inputTextDelta: z.string() }),
  named.extend({ type: z.literal("tool-input-available"), input: z.unknown().optional().optional() }),
  named.extend({
    type: z.literal("tool-input-error"),
    input: z.unknown().optional().optional(),
    errorText: z.string(),
  }),
  call.extend({
    type: z.literal("tool-approval-request"),
    approvalId: z.string(),
    reason: z.string().optional(),
  }),
  z.object({
    type: z.literal("tool-approval-response"),
    approvalId: z.string(),
    approved: z.boolean(),
    reason: z.string().optional(),
  }),
  call.extend({
    type: z.literal("tool-output-available"),
    output: z.unknown().optional(),
    preliminary: z.boolean().optional(),
    dynamic: z.literal(true),
    providerMetadata,
  }),
  call.extend({
    type: z.literal("tool-output-error"),
    errorText: z.string(),
    dynamic: z.literal(true),
    providerMetadata,
  }),
  call.extend({ type: z.literal("tool-output-denied") }),
] as const;

export type ToolChunk = z.infer<(typeof toolChunkSchemas)[number]>;
