import { packBatch } from "@/lib/streaming/batch";
import type { Flusher, WriterHalt } from "@/lib/streaming/flusher";
import type { Lease } from "@/lib/streaming/generation";
import type { GenerationStore } from "@/lib/streaming/generation-store";
import { createTail } from "@/lib/streaming/tail";
import { completed } from "@/lib/streaming/testing/chunk-log-suite";

export type TextWriter = ReturnType<typeof createTextWriter>;

/** Writes an answer whose chunks each say their own number. */
export function createTextWriter(store: GenerationStore, flusher: Flusher, lease: Lease) {
  const halts: WriterHalt[] = [];
  const tail = createTail(lease.epoch, 0);
  const writer = flusher.open(lease, tail, (reason) => halts.push(reason));
  const next = () => ({ type: "text-delta" as const, id: "t", delta: `${tail.lastSeq + 1} ` });
  return {
    id: lease.generationId,
    halts,
    lastSeq: () => tail.lastSeq,
    push(count: number) {
      for (let i = 0; i < count; i++) writer.push(next());
    },
    /** One more chunk, and it is over. */
    async end(): Promise<boolean> {
      const rest = await writer.close();
      const chunk = next();
      const { seq } = tail.push(chunk);
      return store.end(lease, completed, [], packBatch([...rest, { seq, chunk }]));
    },
  };
}
