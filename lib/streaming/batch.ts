import { z } from "zod";
import { type Chunk, chunkSchema, deltaOf, isDelta, isOfOnePart, withDelta } from "./chunk";

/**
 * One or more chunks under consecutive sequence numbers, as stored. Deltas of one part that
 * follow each other are one chunk; `cuts` are their lengths, so that a reader who has half of
 * them is sent the other half and nothing else.
 */
const runSchema = z.object({ chunk: chunkSchema, cuts: z.array(z.number().int().nonnegative()).optional() });

type Run = z.infer<typeof runSchema>;

export interface Numbered {
  seq: number;
  chunk: Chunk;
}

/** Chunks from `fromSeq` to `toSeq` of one generation, packed into `body`. */
export interface Batch {
  fromSeq: number;
  toSeq: number;
  body: string;
}

/** `chunks` are numbered without gaps. */
export function packBatch(chunks: readonly Numbered[]): Batch {
  const first = chunks[0];
  const last = chunks.at(-1);
  if (!first || !last) throw new RangeError("a batch holds at least one chunk");
  const runs: Run[] = [];
  for (const { chunk } of chunks) {
    const run = runs.at(-1);
    const merged = run && mergeDeltas(run.chunk, chunk);
    if (!run || !merged || !isDelta(chunk) || !isDelta(run.chunk)) {
      runs.push({ chunk });
      continue;
    }
    run.cuts ??= [deltaOf(run.chunk).length];
    run.cuts.push(deltaOf(chunk).length);
    run.chunk = merged;
  }
  return { fromSeq: first.seq, toSeq: last.seq, body: JSON.stringify(runs) };
}

/** The chunks exactly as they were packed. */
export function unpackBatch({ fromSeq, body }: Batch): Numbered[] {
  const numbered: Numbered[] = [];
  let seq = fromSeq;
  for (const { chunk, cuts } of parseRuns(body)) {
    if (!cuts || !isDelta(chunk)) {
      numbered.push({ seq: seq++, chunk });
      continue;
    }
    const text = deltaOf(chunk);
    let offset = 0;
    for (const length of cuts) {
      numbered.push({ seq: seq++, chunk: withDelta(chunk, text.slice(offset, offset + length)) });
      offset += length;
    }
  }
  return numbered;
}

/** The fewest chunks that rebuild the same message; each is numbered by the last one it covers. */
export function compactBatches(batches: readonly Batch[]): Numbered[] {
  return compact(
    batches.flatMap(({ fromSeq, body }) => {
      let seq = fromSeq - 1;
      return parseRuns(body).map(({ chunk, cuts }) => {
        seq += cuts?.length ?? 1;
        return { seq, chunk };
      });
    }),
  );
}

export function compact(chunks: readonly Numbered[]): Numbered[] {
  const compacted: Numbered[] = [];
  for (const { seq, chunk } of chunks) {
    const last = compacted.at(-1);
    const merged = last && mergeDeltas(last.chunk, chunk);
    if (merged) compacted[compacted.length - 1] = { seq, chunk: merged };
    else compacted.push({ seq, chunk });
  }
  return compacted;
}

function mergeDeltas(before: Chunk, after: Chunk): Chunk | null {
  if (!isDelta(before) || !isDelta(after) || !isOfOnePart(before, after)) return null;
  return withDelta(before, deltaOf(before) + deltaOf(after));
}

function parseRuns(body: string): Run[] {
  return z.array(runSchema).parse(JSON.parse(body));
}
