import { connect } from "node:net";

/** Everything that one exchange over a bare socket has brought, with the time of each read. */
export interface RawStream {
  /** `performance.now()` just before connecting. */
  readonly sentAtMs: number;
  bytes(): Buffer;
  /** The bytes before `ends[n]` were there at `atMs[n]`. */
  reads(): { ends: Uint32Array; atMs: Float64Array };
  /** Resolves when the connection has ended, however it ended. */
  readonly closed: Promise<void>;
  hangUp(): void;
}

export interface RawRequest {
  url: URL;
  method: "GET" | "POST";
  cookie: string | null;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
  /** Called at each read; what costs time here falsifies the measurement. */
  onRead?: (stream: RawStream) => void;
}

// One for all sockets: a read is copied out of it before the next one begins.
const arrivals = Buffer.allocUnsafe(64 * 1024);

/**
 * Sends a request and keeps what comes back. Nothing is parsed while it arrives: a read costs a copy and
 * a look at the clock, so that the driver of a thousand streams does not slow down what it measures.
 */
export function openRawStream(request: RawRequest): RawStream {
  const message = messageOf(request);
  let bytes = Buffer.allocUnsafe(32 * 1024);
  let length = 0;
  let ends = new Uint32Array(512);
  let times = new Float64Array(512);
  let readCount = 0;

  function take(size: number): void {
    if (length + size > bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, length + size));
      bytes.copy(larger, 0, 0, length);
      bytes = larger;
    }
    arrivals.copy(bytes, length, 0, size);
    length += size;
    if (readCount === ends.length) {
      ends = grown(ends, new Uint32Array(readCount * 2));
      times = grown(times, new Float64Array(readCount * 2));
    }
    ends[readCount] = length;
    times[readCount] = performance.now();
    readCount += 1;
  }

  const closed = Promise.withResolvers<void>();
  const sentAtMs = performance.now();
  const socket = connect({
    host: request.url.hostname,
    port: Number(request.url.port),
    noDelay: true,
    onread: {
      buffer: arrivals,
      callback(size) {
        take(size);
        request.onRead?.(stream);
        return true;
      },
    },
  });
  // A connection that breaks has ended too soon, and the text it brought tells so.
  socket.on("error", () => undefined);
  socket.once("close", () => closed.resolve());
  socket.write(message);

  const stream: RawStream = {
    sentAtMs,
    bytes: () => bytes.subarray(0, length),
    reads: () => ({ ends: ends.subarray(0, readCount), atMs: times.subarray(0, readCount) }),
    closed: closed.promise,
    hangUp: () => socket.destroy(),
  };
  return stream;
}

function messageOf({ url, method, cookie, headers, body }: RawRequest): string {
  const content = body === undefined ? "" : JSON.stringify(body);
  const lines = {
    Host: url.host,
    Connection: "close",
    ...(cookie !== null && { Cookie: cookie }),
    ...(method === "POST" && {
      "Content-Type": "application/json",
      "Content-Length": String(Buffer.byteLength(content)),
    }),
    ...headers,
  };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${url.pathname}${url.search} HTTP/1.1\r\n${head.join("")}\r\n${content}`;
}

function grown<A extends Uint32Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
