import { z } from "zod";
import { leftOutFilesSchema } from "@/lib/chats/file-part";
import { leftOutSchema, seamSchema } from "@/lib/chats/message";
import { type ToolChunk, toolChunkSchemas } from "./tool-chunk";

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
  ...toolChunkSchemas,
  z.object({
    type: z.literal("source-url"),
    sourceId: z.string(),
    url: z.string(),
    title: z.string().optional(),
  }),
  z.object({
    type: z.literal("source-document"),
    sourceId: z.string(),
    mediaType: z.string(),
    title: z.string(),
    filename: z.string().optional(),
  }),
  z.object({ type: z.literal("file"), url: z.string(), mediaType: z.string() }),
  z.object({ type: z.literal("data-left-out"), id: z.string(), data: leftOutFilesSchema }),
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
export type TerminalChunk = Extract<Chunk, { type: "finish" | "abort" | "error" }>;

/** More of a part that is open: of its text, or of the input of a tool call. */
export type DeltaChunk = Extract<Chunk, { type: "text-delta" | "reasoning-delta" | "tool-input-delta" }>;

export function isDelta(chunk: Chunk): chunk is DeltaChunk {
  return chunk.type === "text-delta" || chunk.type === "reasoning-delta" || chunk.type === "tool-input-delta";
}

export function deltaOf(chunk: DeltaChunk): string {
  return chunk.type === "tool-input-delta" ? chunk.inputTextDelta : chunk.delta;
}

export function withDelta(chunk: DeltaChunk, delta: string): DeltaChunk {
  return chunk.type === "tool-input-delta" ? { ...chunk, inputTextDelta: delta } : { ...chunk, delta };
}

export function isOfOnePart(one: DeltaChunk, other: DeltaChunk): boolean {
  return one.type === other.type && partIdOf(one) === partIdOf(other);
}

/** Something that the model has said or made, and not only the frame around it. */
export function isContent(chunk: Chunk): boolean {
  return isDelta(chunk) || contentTypes.has(chunk.type);
}

const contentTypes: ReadonlySet<Chunk["type"]> = new Set([
  "tool-input-start",
  "source-url",
  "source-document",
  "file",
  "data-left-out",
]);

export function isToolChunk(chunk: Chunk): chunk is ToolChunk {
  return chunk.type.startsWith("tool-");
}

function partIdOf(chunk: DeltaChunk): string {
  return chunk.type === "tool-input-delta" ? chunk.toolCallId : chunk.id;
}

export function isTerminal(chunk: Chunk): chunk is TerminalChunk {
  return chunk.type === "finish" || chunk.type === "abort" || chunk.type === "error";
}
