import type { Reading } from "./reading";

const heartbeatMs = 15_000;
const encoder = new TextEncoder();

const headers = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "no-cache, no-transform",
  "X-Accel-Buffering": "no",
};

/** Something that knows how it is sent. */
export interface Framed {
  frame: Uint8Array;
}

/**
 * What `items` yields, as Server-Sent Events. Nothing is read ahead of the reader; a comment with
 * the server's time goes out at once and every 15 s: it keeps proxies from hanging up, and tells
 * the reader whether something on the way holds events back.
 */
export function sseResponse(
  items: AsyncIterable<readonly Framed[]>,
  reading: Reading,
  more: Record<string, string> = {},
): Response {
  const iterator = items[Symbol.asyncIterator]();
  let upcoming: Promise<IteratorResult<readonly Framed[]>> | null = null;
  let isBegun = false;

  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        upcoming ??= iterator.next();
        const heartbeat = Promise.withResolvers<null>();
        // What is there already goes out together with the first comment.
        const timer = setTimeout(() => heartbeat.resolve(null), isBegun ? heartbeatMs : 0);
        try {
          const next = await Promise.race([upcoming, heartbeat.promise]);
          if (next === null) {
            isBegun = true;
            controller.enqueue(ping());
            return;
          }
          upcoming = null;
          if (!next.done) {
            controller.enqueue(joined(isBegun ? next.value : [{ frame: ping() }, ...next.value]));
            isBegun = true;
            return;
          }
          reading.leave();
          controller.close();
        } catch (error) {
          reading.leave();
          controller.error(error);
        } finally {
          clearTimeout(timer);
        }
      },
      cancel: reading.leave,
    },
    { highWaterMark: 1 },
  );
  return new Response(body, { headers: { ...headers, ...more } });
}

function ping(): Uint8Array {
  return encoder.encode(`: ping ${Date.now()}\n\n`);
}

function joined(items: readonly Framed[]): Uint8Array {
  const [first] = items;
  return first && items.length === 1 ? first.frame : Buffer.concat(items.map(({ frame }) => frame));
}
