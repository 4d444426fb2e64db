import type { UIMessageChunk } from "ai";
import { z } from "zod";
import type { Connection } from "@/app/_client/connection/connection";
import { createPingWatch, HeldBack } from "./ping-watch";
import { readSse, SilentStream } from "./sse";

/**
 * How following an answer ended: with its terminal chunk; because the server sends it anew from
 * its beginning; or because there is nothing left to follow.
 */
export type AnswerEnd = "ended" | "restarted" | "gone";

export interface AnswerSource {
  first: Response;
  /** The same answer, from the chunk after `cursor` on; `null` asks for all of it. */
  reconnect(cursor: string | null): Promise<Response>;
  connection: Connection;
  signal: AbortSignal | undefined;
}

/**
 * The chunks of one answer, each exactly once, over as many connections as it takes and for as long
 * as it takes. Only the chunks `finish`, `abort` and `error` end an answer: a response that ends
 * without one of them was cut, and what is missing is fetched from the cursor.
 */
export async function* streamAnswer({
  first,
  reconnect,
  connection,
  signal,
}: AnswerSource): AsyncGenerator<UIMessageChunk, AnswerEnd, void> {
  const line = connection.openLine();
  let response: Response | null = first;
  let cursor: string | null = null;
  let hasStarted = false;
  let failures = 0;
  try {
    for (;;) {
      if (response !== null && endedStatuses.has(response.status)) return "gone";
      const isHeldBack = response?.ok === true && !isPoll(response) && connection.mode() === "poll";
      if (isHeldBack) void response?.body?.cancel().catch(letGo);
      let isStep = isHeldBack;
      if (!isHeldBack && response?.ok && response.body) {
        const visible = connection.whileVisible();
        try {
          const poll: Poll | null = isPoll(response) ? pollSchema.parse(await response.json()) : null;
          if (poll?.done && poll.chunks.length === 0) return "gone";
          const chunks: Iterable<NumberedChunk> | AsyncIterable<NumberedChunk> = poll
            ? poll.chunks.map(({ id, chunk }) => ({ cursor: id, chunk: parseChunk(chunk) }))
            : readStream(response.body, visible.signal, line.alive);
          for await (const { cursor: next, chunk } of chunks) {
            if (chunk.type === "start" && hasStarted) return "restarted";
            hasStarted ||= chunk.type === "start";
            cursor = next ?? cursor;
            failures = 0;
            yield chunk;
            if (terminalChunks.has(chunk.type)) return "ended";
          }
          isStep = poll !== null;
          if (isStep) line.alive();
        } catch (cause) {
          // Everything but our own leaving is a cut connection, and the cursor knows how far it came.
          if (signal?.aborted) throw cause;
          isStep = cause instanceof HeldBack || (cause instanceof SilentStream && cause.isFirst);
          if (isStep) connection.holdsBack();
        } finally {
          visible.stop();
        }
      }
      if (!connection.presence.isVisible()) await connection.untilVisible(signal);
      else if (isStep) await connection.rest(signal);
      else {
        if (failures > 0) line.lost();
        await connection.pause(failures, signal);
        failures += 1;
      }
      signal?.throwIfAborted();
      response = await reconnect(cursor).catch(() => null);
      if (response === null) line.lost();
    }
  } finally {
    line.close();
  }
}

interface NumberedChunk {
  cursor: string | null;
  chunk: UIMessageChunk;
}

async function* readStream(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  onBytes: () => void,
): AsyncGenerator<NumberedChunk, void, void> {
  const onComment = createPingWatch(() => Date.now());
  for await (const frame of readSse(body, { silenceMsMax, firstMsMax, signal, onBytes, onComment })) {
    if (frame.data !== "[DONE]") yield { cursor: frame.id, chunk: parseChunk(JSON.parse(frame.data)) };
  }
}

/** A body that already failed cannot be cancelled, and needs not be. */
function letGo(): void {}

function isPoll(response: Response): boolean {
  return response.headers.get("Content-Type")?.startsWith("application/json") ?? false;
}

const terminalChunks: ReadonlySet<string> = new Set(["finish", "abort", "error"]);

/** 204 nothing runs, 404 and 410 it is no longer here, 400 to 403 it is not for us. Other refusals may pass. */
const endedStatuses: ReadonlySet<number> = new Set([204, 400, 401, 403, 404, 410]);

/** Three of the server's heartbeats, which come every 15 s. */
const silenceMsMax = 45_000;

/** The first heartbeat leaves the server together with the headers. */
const firstMsMax = 5000;

const chunkSchema = z.looseObject({ type: z.string() });

const pollSchema = z.object({
  chunks: z.array(z.object({ id: z.string(), chunk: chunkSchema })),
  done: z.boolean(),
});

type Poll = z.infer<typeof pollSchema>;

/** The SDK's own schema knows every kind, and costs more than a chunk is worth; it ignores kinds it does not know. */
function parseChunk(json: unknown): UIMessageChunk {
  return chunkSchema.parse(json) as UIMessageChunk;
}
