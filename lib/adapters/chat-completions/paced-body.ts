import type { IncomingMessage } from "node:http";
import type { Pace } from "./pace";

/** The body of a response, in larger and fewer pieces the more answers are being read. */
export interface PacedBody extends AsyncIterable<Uint8Array> {
  /** What has arrived since the last read, waiting for at least something; `null` at the end. Rejects when the body breaks off. */
  read(): Promise<Uint8Array | null>;
}

// Nobody reads for this long only when the process stands still.
const heldBytesMax = 1024 * 1024;

/**
 * Listens to the response itself: the web streams of `fetch` cost more for a token that comes alone than
 * everything that is done with it here.
 */
export function pacedBody(response: IncomingMessage, pace: Pace): PacedBody {
  let pieces: Buffer[] = [];
  let heldBytes = 0;
  let state: "open" | "ended" | { error: Error } = "open";
  let waiting: PromiseWithResolvers<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let readAt = Number.NEGATIVE_INFINITY;

  function wake(): void {
    clearTimeout(timer);
    timer = undefined;
    waiting?.resolve();
    waiting = null;
  }

  function settle(next: typeof state): void {
    if (state !== "open") return;
    state = next;
    pace.left();
    wake();
  }

  function wakeWhenDue(): void {
    if (!waiting || timer) return;
    const leftMs = readAt + pace.pauseMs() - performance.now();
    if (leftMs <= 0) wake();
    else timer = setTimeout(wake, leftMs);
  }

  function take(): Uint8Array {
    const [first, ...others] = pieces;
    const taken = first && others.length === 0 ? first : Buffer.concat(pieces);
    if (heldBytes > heldBytesMax) response.resume();
    pieces = [];
    heldBytes = 0;
    readAt = performance.now();
    return taken;
  }

  pace.joined();
  response.on("data", (piece: Buffer) => {
    pieces.push(piece);
    heldBytes += piece.length;
    if (heldBytes > heldBytesMax) response.pause();
    wakeWhenDue();
  });
  response.once("end", () => settle("ended"));
  response.once("error", (error) => settle({ error }));
  response.once("close", () => settle({ error: new Error("the connection was closed") }));

  async function read(): Promise<Uint8Array | null> {
    for (;;) {
      const isDue = state !== "open" || readAt + pace.pauseMs() <= performance.now();
      if (pieces.length > 0 && isDue) return take();
      if (state === "ended") return null;
      if (state !== "open") throw state.error;
      waiting ??= Promise.withResolvers();
      if (pieces.length > 0) wakeWhenDue();
      await waiting?.promise;
    }
  }

  return {
    read,
    async *[Symbol.asyncIterator]() {
      for (let piece = await read(); piece !== null; piece = await read()) yield piece;
    },
  };
}
