import { z } from "zod";
import { leftOutSchema, seamSchema } from "@/lib/chats/message";

const providerMetadata = z.record(z.string(), z.record(z.string(), z.unknown())).optional();

const delta = z.object({ id: z.string(), delta: z.string() });
const edge = z.object({ id: z.string(), providerMetadata });

const answerMetadata = z.looseObject({
  generationId: z.string().optional(),
  model: z.string().optional(),
  usage: z.unknown().optional(),
  costMicros: z.number().nullish(),
  seams: z.array(seamSchema).optional(),
  leftOut: leftOutSchema.optional(),
});

/** The chunks that Parley writes: a subset of the AI SDK's UI message stream, in its own shapes. */
export const chunkSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("start"), messageId: z.string(), messageMetadata: answerMetadata.optional() }),
  z.object({ type: z.literal("start-step") }),
  edge.extend({ type: z.literal("text-start") }),
  delta.extend({ type: z.literal("text-delta") }),
  edge.extend({ type: z.literal("text-end") }),
  edge.extend({ type: z.literal("reasoning-start") }),
  delta.extend({ type: z.literal("reasoning-delta") }),
  edge.extend({ type: z.literal("reasoning-end") }),
  z.object({ type: z.literal("message-metadata"), messageMetadata: answerMetadata }),
  z.object({
    type: z.literal("data-waiting"),
    data: z.object({ retryAfterMs: z.number() }),
    transient: z.literal(true),
  }),
  z.object({ type: z.literal("finish-step") }),
  z.object({
    type: z.literal("finish"),
    finishReason: z.enum(["stop", "length", "content-filter", "tool-calls"]).optional(),
    messageMetadata: answerMetadata.optional(),
  }),
  z.object({ type: z.literal("abort"), reason: z.string().optional() }),
  z.object({ type: z.literal("error"), errorText: z.string() }),
]);

export type Chunk = z.infer<typeof chunkSchema>;
export type DeltaChunk = Extract<Chunk, { delta: string }>;
export type TerminalChunk = Extract<Chunk, { type: "finish" | "abort" | "error" }>;

export function isDelta(chunk: Chunk): chunk is DeltaChunk {
  return chunk.type === "text-delta" || chunk.type === "reasoning-delta";
}

export function isTerminal(chunk: Chunk): chunk is TerminalChunk {
  return chunk.type === "finish" || chunk.type === "abort" || chunk.type === "error";
}
