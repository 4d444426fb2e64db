import { z } from "zod";
import type { Part } from "./part";

const providerMetadata = z.record(z.string(), z.record(z.string(), z.unknown())).optional();

/**
 * A tool call as the AI SDK's `DynamicToolUIPart` has it: `input` is missing while it is written, `output` belongs
 * to `output-available`, `errorText` to `output-error`, `approval` to calls that somebody had to allow.
 */
export const toolPartSchema = z.looseObject({
  type: z.literal("dynamic-tool"),
  toolCallId: z.string(),
  toolName: z.string(),
  title: z.string().optional(),
  state: z.enum([
    "input-streaming",
    "input-available",
    "approval-requested",
    "approval-responded",
    "output-available",
    "output-error",
    "output-denied",
  ]),
  /** What has come of the input, as it came. */
  rawInput: z.string().optional(),
  input: z.unknown().optional(),
  output: z.unknown().optional(),
  errorText: z.string().optional(),
  preliminary: z.boolean().optional(),
  approval: z
    .looseObject({
      id: z.string(),
      requestReason: z.string().optional(),
      approved: z.boolean().optional(),
      reason: z.string().optional(),
    })
    .optional(),
  callProviderMetadata: providerMetadata,
  resultProviderMetadata: providerMetadata,
});

export type ToolPart = z.infer<typeof toolPartSchema>;

export function isToolPart(part: Part): part is ToolPart {
  return toolPartSchema.safeParse(part).success;
}

/** Why a call came to nothing without anything having been run; it stands in the metadata of its outcome. */
export const notRunReasons = ["no_such_tool", "unreadable_input", "cut_off"] as const;

export type NotRunReason = (typeof notRunReasons)[number];

export function notRunReasonOf(metadata: ToolPart["resultProviderMetadata"]): NotRunReason | null {
  const told = metadata?.parley?.notRun;
  return notRunReasons.find((reason) => reason === told) ?? null;
}
