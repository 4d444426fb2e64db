import type { Reading } from "./reading";

const heartbeatMs = 15_000;
/** Three heartbeats: who takes none of them has no network any more, whatever the connection says. */
const untakenMsMax = 45_000;
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
 * the reader whether something on the way holds events back. A reader who takes nothing for 45 s is let go, and
 * until then costs no more than what the connection holds.
 */
export function sseResponse(
  items: AsyncIterable<readonly Framed[]>,
  reading: Reading,
  more: Record<string, string> = {},
): Response {
  const iterator = items[Symbol.asyncIterator]();
  let upcoming: Promise<IteratorResult<readonly Framed[]>> | null = null;
  let isBegun = false;
  let untaken: ReturnType<typeof setTimeout> | undefined;

  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(untaken);
        upcoming ??= iterator.next();
        const heartbeat = Promise.withResolvers<null>();
        // What is there already goes out together with the first comment.
        const timer = setTimeout(() => heartbeat.resolve(null), isBegun ? heartbeatMs : 0);
        try {
          const next = await Promise.race([upcoming, heartbeat.promise]);
          if (next === null) {
            isBegun = true;
            send(controller, ping());
            return;
          }
          upcoming = null;
          if (!next.done) {
            send(controller, joined(isBegun ? next.value : [{ frame: ping() }, ...next.value]));
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
      cancel() {
        clearTimeout(untaken);
        reading.leave();
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, { headers: { ...headers, ...more } });

  function send(controller: ReadableStreamDefaultController<Uint8Array>, bytes: Uint8Array): void {
    // Before the bytes are offered: whoever waits takes them at once.
    untaken = setTimeout(() => {
      reading.leave();
      controller.error(new Error("the reader takes nothing"));
    }, untakenMsMax);
    controller.enqueue(bytes);
  }
}

function ping(): Uint8Array {
  return encoder.encode(`: ping ${Date.now()}\n\n`);
}

function joined(items: readonly Framed[]): Uint8Array {
  const [first] = items;
  return first && items.length === 1 ? first.frame : Buffer.concat(items.map(({ frame }) => frame));
}
