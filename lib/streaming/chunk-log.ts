import type { Batch } from "./batch";
import type { GenerationStatus, Lease } from "./generation";

export interface Append {
  lease: Lease;
  /** `null` only renews the lease. */
  batch: Batch | null;
  upstreamId: string | null;
  hasToken: boolean;
  /** The epoch of the writer that the text is from, where it is not the lease's own. */
  writtenIn?: number;
}

/** A batch in the log, with the epoch of the writer that the text is from. */
export interface LoggedBatch extends Batch {
  epoch: number;
}

/** What the row says after an append; an append that does not come back was fenced. */
export type AppendOutcome = Extract<GenerationStatus, "streaming" | "stopping">;

/**
 * The durable record of what a generation has streamed.
 *
 * Sequence numbers start at 1 and have no gaps. Only the holder of the lease appends;
 * anyone may read.
 */
export interface ChunkLog {
  /**
   * Stores what is due for several generations at once and renews their leases. Resolves once
   * all of it is durable, with the outcome by generation id; who is missing has lost the lease
   * and must write no more. The same append may be sent again when it is not known to have arrived.
   */
  append(appends: readonly Append[]): Promise<ReadonlyMap<string, AppendOutcome>>;

  /** Batches that hold anything after `afterSeq`, in order. The first may begin before it. */
  read(generationId: string, afterSeq: number): Promise<LoggedBatch[]>;

  /** Forgets the chunks of generations that ended more than `ageMs` ago; their messages hold everything. */
  dropEnded(ageMs: number): Promise<void>;
}
