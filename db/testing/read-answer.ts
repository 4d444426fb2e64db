import type { Chunk } from "@/lib/streaming/chunk";
import { parseCursor } from "@/lib/streaming/cursor";
import type { Generation } from "@/lib/streaming/generation";
import type { Streaming } from "@/lib/streaming/streaming";

/** All that a reader with this cursor is sent, to the end. */
export async function readEntries(streaming: Streaming, generation: Generation, cursor: string | null) {
  const entries = [];
  const after = cursor === null ? null : parseCursor(cursor);
  for await (const some of streaming.follow(generation, after, new AbortController().signal))
    entries.push(...some);
  return entries;
}

/** What is in the log already. */
export async function readSome(streaming: Streaming, generation: Generation) {
  for await (const some of streaming.follow(generation, null, new AbortController().signal)) return some;
  return [];
}

export async function readAll(streaming: Streaming, generation: Generation): Promise<Chunk[]> {
  return (await readEntries(streaming, generation, null)).map(({ chunk }) => chunk);
}

export async function untilText(streaming: Streaming, generation: Generation, wanted: string) {
  let seen = "";
  for await (const some of streaming.follow(generation, null, new AbortController().signal)) {
    seen += textIn(some.map(({ chunk }) => chunk));
    if (seen === wanted) return;
  }
}

export function textIn(chunks: readonly Chunk[]): string {
  return chunks.map((chunk) => (chunk.type === "text-delta" ? chunk.delta : "")).join("");
}
