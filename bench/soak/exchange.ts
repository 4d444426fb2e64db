import { type IncomingHttpHeaders, request } from "node:http";
import { StringDecoder } from "node:string_decoder";

export interface Frame {
  id: string | null;
  data: string;
}

export interface ExchangeRequest {
  origin: string;
  method: "GET" | "POST";
  path: string;
  cookie: string;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
  /** Breaks the connection: so soon after the request has left, or within the body after so many bytes. */
  cut?: { afterMs: number } | { afterBytes: number } | null;
  /** Called for each whole Server-Sent Event. */
  onFrame?: (frame: Frame) => void;
  onHeaders?: (status: number, headers: IncomingHttpHeaders) => void;
  /** Hangs up. */
  signal?: AbortSignal;
}

/** What came until the connection had ended, however it ended. */
export interface Exchanged {
  /** `null` when no headers came. */
  status: number | null;
  headers: IncomingHttpHeaders;
  /** Of an answer that is no event stream. */
  text: string;
}

const headersMsMax = 10_000;
/** Three of the server's heartbeats, as our own page waits. */
const silenceMsMax = 45_000;

/** One request over a connection of its own. Never rejects: a broken connection is what this is for. */
export function exchange(wanted: ExchangeRequest): Promise<Exchanged> {
  const { origin, method, path, cookie, body, cut = null, onFrame, onHeaders, signal } = wanted;
  const ended = Promise.withResolvers<Exchanged>();
  const brought: Exchanged = { status: null, headers: {}, text: "" };
  const decoder = new StringDecoder("utf8");
  let unread = "";
  let isEventStream = false;
  let left = cut && "afterBytes" in cut ? cut.afterBytes : Number.POSITIVE_INFINITY;

  const content = body === undefined ? null : JSON.stringify(body);
  const sent = request(new URL(path, origin), {
    method,
    agent: false,
    headers: {
      Cookie: cookie,
      Origin: origin,
      Connection: "close",
      ...(content !== null && {
        "Content-Type": "application/json",
        "Content-Length": String(Buffer.byteLength(content)),
      }),
      ...wanted.headers,
    },
  });
  const hangUp = () => sent.destroy();
  let timer = setTimeout(hangUp, headersMsMax);

  function read(bytes: Buffer) {
    timer.refresh();
    // Of the last piece only a part is read: a cut falls where it likes, in the middle of a character too.
    unread += decoder.write(bytes.subarray(0, left));
    left -= bytes.length;
    if (isEventStream) takeFrames();
    if (left <= 0) hangUp();
  }

  function takeFrames() {
    for (let end = unread.indexOf("\n\n"); end !== -1; end = unread.indexOf("\n\n")) {
      const frame = frameIn(unread.slice(0, end));
      unread = unread.slice(end + 2);
      if (frame) onFrame?.(frame);
    }
  }

  sent.on("response", (response) => {
    clearTimeout(timer);
    timer = setTimeout(hangUp, silenceMsMax);
    brought.status = response.statusCode ?? 0;
    brought.headers = response.headers;
    isEventStream = response.headers["content-type"]?.startsWith("text/event-stream") ?? false;
    onHeaders?.(brought.status, response.headers);
    response.on("data", read);
    // A body that breaks off says so by what it lacks.
    response.on("error", ignore);
  });
  sent.on("error", ignore);
  sent.once("close", () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", hangUp);
    brought.text = unread;
    ended.resolve(brought);
  });
  sent.once("finish", () => {
    if (cut && "afterMs" in cut) setTimeout(hangUp, cut.afterMs);
  });
  signal?.addEventListener("abort", hangUp);
  if (signal?.aborted) hangUp();
  sent.end(content ?? undefined);
  return ended.promise;
}

/** `null` for a comment. */
function frameIn(block: string): Frame | null {
  let id: string | null = null;
  const data: string[] = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("data: ")) data.push(line.slice(6));
    else if (line.startsWith("id: ")) id = line.slice(4);
  }
  return data.length > 0 ? { id, data: data.join("\n") } : null;
}

function ignore() {}
