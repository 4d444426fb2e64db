import { isFilePart, isLeftOutPart } from "@/lib/chats/file-part";
import { isReasoningPart, isTextPart, type Part } from "@/lib/chats/part";
import { isDocumentSource, isUrlSource } from "@/lib/chats/source-part";
import { isToolPart } from "@/lib/chats/tool-part";
import type { Chunk } from "./chunk";
import { chunksOfCall } from "./tool-call";

/** What a stored message would have streamed, for a reader who comes after its log was dropped. */
export function* chunksOf(parts: readonly Part[]): Generator<Chunk> {
  yield { type: "start-step" };
  let number = 0;
  for (const part of parts) {
    if (isTextPart(part)) {
      const id = `text-${++number}`;
      yield { type: "text-start", id };
      yield { type: "text-delta", id, delta: part.text };
      yield { type: "text-end", id };
    } else if (isReasoningPart(part)) {
      const id = `reasoning-${++number}`;
      yield { type: "reasoning-start", id };
      yield { type: "reasoning-delta", id, delta: part.text };
      yield { type: "reasoning-end", id, providerMetadata: part.providerMetadata };
    } else yield* chunksOfOther(part);
  }
  yield { type: "finish-step" };
}

/** The chunks of stored parts, with the last text left open for more. Sources that follow it are no end of it. */
export function reopened(parts: readonly Part[]): Chunk[] {
  const chunks = [...chunksOf(parts)].filter(({ type }) => type !== "start-step" && type !== "finish-step");
  const last = chunks.findLastIndex(({ type }) => type !== "source-url" && type !== "source-document");
  return chunks[last]?.type === "text-end" ? chunks.toSpliced(last, 1) : chunks;
}

/** Kinds that this version does not know have no chunks. */
function* chunksOfOther(part: Part): Generator<Chunk> {
  if (isToolPart(part)) yield* chunksOfCall(part);
  else if (isUrlSource(part)) {
    const { sourceId, url, title } = part;
    yield { type: "source-url", sourceId, url, title };
  } else if (isDocumentSource(part)) {
    const { sourceId, mediaType, title, filename } = part;
    yield { type: "source-document", sourceId, mediaType, title, filename };
  } else if (isFilePart(part)) yield { type: "file", url: part.url, mediaType: part.mediaType };
  else if (isLeftOutPart(part)) yield { type: "data-left-out", id: part.id, data: part.data };
}
