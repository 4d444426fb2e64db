import { isTerminal } from "@/lib/streaming/chunk";
import type { Entry } from "@/lib/streaming/entry";

const heartbeatMs = 15_000;
const encoder = new TextEncoder();
const done = encoder.encode("data: [DONE]\n\n");

const headers = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "no-cache, no-transform",
  "X-Accel-Buffering": "no",
  "x-vercel-ai-ui-message-stream": "v1",
};

/**
 * The entries as Server-Sent Events, each with its cursor as `id`. Nothing is read ahead of the
 * reader; a comment every 15 s keeps proxies from hanging up and shows that the reader is still
 * there. `[DONE]` follows a terminal chunk only: without it the reader has to come back. `left` is
 * called when the reader has gone or everything was sent, perhaps more than once.
 */
export function sseResponse(
  generationId: string,
  entries: AsyncIterator<readonly Entry[]>,
  left: () => void,
): Response {
  let upcoming: Promise<IteratorResult<readonly Entry[]>> | null = null;
  let hasEnded = false;

  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        upcoming ??= entries.next();
        const heartbeat = Promise.withResolvers<null>();
        const timer = setTimeout(() => heartbeat.resolve(null), heartbeatMs);
        try {
          const next = await Promise.race([upcoming, heartbeat.promise]);
          if (next === null) {
            controller.enqueue(encoder.encode(`: ping ${Date.now()}\n\n`));
            return;
          }
          upcoming = null;
          if (next.done) {
            if (hasEnded) controller.enqueue(done);
            controller.close();
            left();
            return;
          }
          hasEnded = next.value.some(({ chunk }) => isTerminal(chunk));
          controller.enqueue(joined(next.value));
        } catch (error) {
          left();
          controller.error(error);
        } finally {
          clearTimeout(timer);
        }
      },
      cancel: left,
    },
    { highWaterMark: 1 },
  );
  return new Response(body, { headers: { ...headers, "X-Generation-Id": generationId } });
}

function joined(entries: readonly Entry[]): Uint8Array {
  const [first] = entries;
  return first && entries.length === 1 ? first.frame : Buffer.concat(entries.map(({ frame }) => frame));
}
