import type { Log } from "@/lib/diagnostics/log";
import { AppError } from "@/lib/errors/app-error";
import type { ChatError } from "@/lib/errors/chat-error";
import { createAnswer } from "./answer";
import { compactBatches, packBatch } from "./batch";
import { type Chunk, isTerminal } from "./chunk";
import type { ChunkLog } from "./chunk-log";
import type { Ending, Generation } from "./generation";
import type { GenerationStore } from "./generation-store";

export interface Recovery {
  /** Ends the answers whose writer is gone, with what their log holds. */
  recover(which: "expired" | "all"): Promise<number>;
}

export function createRecovery(parts: {
  store: GenerationStore;
  chunkLog: ChunkLog;
  log: Log;
  owner: string;
  explain: (error: unknown, requestId: string) => ChatError;
}): Recovery {
  return {
    async recover(which) {
      const abandoned = await parts.store.takeOver(parts.owner, which);
      for (const generation of abandoned) await settle(parts, generation);
      return abandoned.length;
    },
  };
}

async function settle(
  { store, chunkLog, log, explain }: Parameters<typeof createRecovery>[0],
  generation: Generation,
) {
  const written = compactBatches(await chunkLog.read(generation.id, 0)).map(({ chunk }) => chunk);
  const answer = createAnswer();
  for (const chunk of written) answer.apply(chunk);

  const error = explain(new AppError("interrupted", "the writer is gone"), generation.id);
  const isStopped = generation.status === "stopping";
  const ending: Ending = {
    status: isStopped ? "stopped" : "interrupted",
    usage: null,
    costMicros: null,
    error: isStopped ? null : error,
  };
  const terminal: Chunk = isStopped
    ? { type: "abort", reason: "stopped" }
    : { type: "error", errorText: JSON.stringify(error) };
  const closing = [...openings(written, generation), ...closings(written), terminal];
  const batch = packBatch(closing.map((chunk, index) => ({ seq: generation.lastSeq + 1 + index, chunk })));
  const lease = { generationId: generation.id, epoch: generation.epoch };
  const isOurs = await store.end(lease, ending, answer.parts(), batch);
  log.warn({ ...lease, status: isOurs ? ending.status : "fenced" }, "generation of a dead process ended");
}

/** A writer that died before its first flush left not even a `start`. */
function openings(written: readonly Chunk[], { messageId, id, model }: Generation): Chunk[] {
  if (written.length > 0) return [];
  return [{ type: "start", messageId, messageMetadata: { generationId: id, model } }, { type: "start-step" }];
}

function closings(written: readonly Chunk[]): Chunk[] {
  const open = new Map<string, Chunk>();
  let hasOpenStep = written.length === 0;
  for (const chunk of written) {
    if (chunk.type === "start-step") hasOpenStep = true;
    if (chunk.type === "finish-step" || isTerminal(chunk)) hasOpenStep = false;
    if (chunk.type === "text-start") open.set(`text ${chunk.id}`, { type: "text-end", id: chunk.id });
    if (chunk.type === "reasoning-start")
      open.set(`reasoning ${chunk.id}`, { type: "reasoning-end", id: chunk.id });
    if (chunk.type === "text-end") open.delete(`text ${chunk.id}`);
    if (chunk.type === "reasoning-end") open.delete(`reasoning ${chunk.id}`);
  }
  return [...open.values(), ...(hasOpenStep ? [{ type: "finish-step" } as const] : [])];
}
