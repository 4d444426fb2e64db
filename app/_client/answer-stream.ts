import type { UIMessageChunk } from "ai";
import { z } from "zod";
import { readSse } from "./sse";

/**
 * How following an answer ended: with its terminal chunk; because the server sends it anew from
 * its beginning; because there is nothing left to follow; or because nobody could be reached.
 */
export type AnswerEnd = "ended" | "restarted" | "gone" | "lost";

export interface AnswerSource {
  first: Response;
  /** The same answer, from the chunk after `cursor` on; `null` asks for all of it. */
  reconnect(cursor: string | null): Promise<Response>;
  wait(ms: number): Promise<void>;
  signal: AbortSignal | undefined;
}

/**
 * The chunks of one answer, each exactly once, over as many connections as it takes. Only the
 * chunks `finish`, `abort` and `error` end an answer: a response that ends without one of
 * them was cut, and what is missing is fetched from the cursor.
 */
export async function* streamAnswer(source: AnswerSource): AsyncGenerator<UIMessageChunk, AnswerEnd, void> {
  let response: Response | null = source.first;
  let cursor: string | null = null;
  let hasStarted = false;
  let failures = 0;
  for (;;) {
    if (response !== null && endedStatuses.has(response.status)) return "gone";
    if (response?.ok && response.body) {
      try {
        for await (const frame of readSse(response.body, silenceMsMax)) {
          if (frame.data === "[DONE]") continue;
          const chunk = parseChunk(frame.data);
          if (chunk.type === "start" && hasStarted) return "restarted";
          hasStarted ||= chunk.type === "start";
          cursor = frame.id ?? cursor;
          failures = 0;
          yield chunk;
          if (terminalChunks.has(chunk.type)) return "ended";
        }
      } catch (cause) {
        // Everything but our own leaving is a cut connection, and the cursor knows how far it came.
        if (source.signal?.aborted) throw cause;
      }
    }
    const delayMs = reconnectDelaysMs[failures];
    if (delayMs === undefined) return "lost";
    failures += 1;
    await source.wait(delayMs * (0.75 + Math.random() / 2));
    source.signal?.throwIfAborted();
    response = await source.reconnect(cursor).catch(() => null);
  }
}

const terminalChunks: ReadonlySet<string> = new Set(["finish", "abort", "error"]);

/** 204 nothing runs, 404 and 410 it is no longer here. Other refusals may pass. */
const endedStatuses: ReadonlySet<number> = new Set([204, 401, 404, 410]);

const reconnectDelaysMs = [500, 1000, 2000, 4000];

/** Three of the server's heartbeats, which come every 15 s. */
const silenceMsMax = 45_000;

const chunkSchema = z.looseObject({ type: z.string() });

/** The SDK's own schema knows every kind, and costs more than a chunk is worth; it ignores kinds it does not know. */
function parseChunk(data: string): UIMessageChunk {
  return chunkSchema.parse(JSON.parse(data)) as UIMessageChunk;
}
