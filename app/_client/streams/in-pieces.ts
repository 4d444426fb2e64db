import type { UIMessageChunk } from "ai";
import { continuation } from "@/app/_client/session/chat-message";

/**
 * Tells a long text as several parts, each of which goes on with the one before. A part's text is put together anew
 * whenever it is drawn: that of a megabyte, twenty times a second, would be what the browser is busy to forget.
 */
export async function* inPieces<End>(
  chunks: AsyncGenerator<UIMessageChunk, End, void>,
): AsyncGenerator<UIMessageChunk, End, void> {
  // The text that began last. Another one that is still open is told as it comes.
  let id: string | null = null;
  let piece = 0;
  let length = 0;
  const named = () => (piece === 0 ? `${id}` : `${id}/${piece}`);
  for (;;) {
    const next = await chunks.next();
    if (next.done) return next.value;
    const chunk = next.value;
    if (chunk.type === "text-start") {
      id = chunk.id;
      piece = length = 0;
    }
    if ((chunk.type !== "text-delta" && chunk.type !== "text-end") || chunk.id !== id) {
      yield chunk;
      continue;
    }
    yield { ...chunk, id: named() };
    if (chunk.type === "text-end") continue;
    length += chunk.delta.length;
    if (length < lengthMin || !chunk.delta.endsWith("\n")) continue;
    yield { type: "text-end", id: named() };
    piece += 1;
    length = 0;
    yield { type: "text-start", id: named(), providerMetadata: continuation };
  }
}

/** Of a piece, in characters: one is no longer than what a browser forgets soonest, 128 kB. */
const lengthMin = 32_768;
