import type { RawStream } from "./raw-stream.ts";

/** One Server-Sent Event and the time at which its last byte had arrived. */
export interface Frame {
  id: string | null;
  data: string;
  atMs: number;
}

export interface StreamedResponse {
  /** 0 when not even a status line came. */
  status: number;
  headers: ReadonlyMap<string, string>;
  /** Of the body, as sent: chunk sizes included. */
  wireBytes: number;
  frames: Frame[];
  /** The body as text, for an answer that is no event stream. */
  text: string;
}

/** Takes apart what a raw stream has brought, once it is no longer being measured. */
export function readResponse(stream: RawStream): StreamedResponse {
  const bytes = stream.bytes();
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd === -1) return { status: 0, headers: new Map(), wireBytes: 0, frames: [], text: "" };
  const [statusLine = "", ...lines] = bytes.toString("latin1", 0, headEnd).split("\r\n");
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const bodyStart = headEnd + 4;
  const isChunked = headers.get("transfer-encoding") === "chunked";
  const pieces = isChunked ? chunksOf(bytes, bodyStart) : [{ start: bodyStart, end: bytes.length }];
  const body = Buffer.concat(pieces.map(({ start, end }) => bytes.subarray(start, end)));
  return {
    status: Number(statusLine.split(" ")[1] ?? 0),
    headers,
    wireBytes: bytes.length - bodyStart,
    frames: framesOf(body, arrivalClock(stream, pieces)),
    text: body.toString("utf8"),
  };
}

interface Piece {
  start: number;
  end: number;
}

/** Where the data of a chunked body lies; an unfinished last chunk counts as far as it has come. */
function chunksOf(bytes: Buffer, bodyStart: number): Piece[] {
  const pieces: Piece[] = [];
  let at = bodyStart;
  while (at < bytes.length) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd === -1) break;
    const size = Number.parseInt(bytes.toString("latin1", at, lineEnd), 16);
    if (!(size > 0)) break;
    const start = lineEnd + 2;
    pieces.push({ start, end: Math.min(start + size, bytes.length) });
    at = start + size + 2;
  }
  return pieces;
}

/** Tells when the byte at an offset of the body had arrived; offsets must be asked for in ascending order. */
function arrivalClock(stream: RawStream, pieces: readonly Piece[]): (bodyOffset: number) => number {
  const { ends, atMs } = stream.reads();
  let pieceIndex = 0;
  let pieceOffset = 0;
  let readIndex = 0;
  return (bodyOffset) => {
    let piece = pieces[pieceIndex];
    while (piece && bodyOffset - pieceOffset >= piece.end - piece.start) {
      pieceOffset += piece.end - piece.start;
      piece = pieces[++pieceIndex];
    }
    const wireOffset = (piece?.start ?? 0) + bodyOffset - pieceOffset;
    while (readIndex < ends.length - 1 && (ends[readIndex] ?? 0) <= wireOffset) readIndex += 1;
    return atMs[readIndex] ?? Number.NaN;
  };
}

function framesOf(body: Buffer, arrivedAt: (bodyOffset: number) => number): Frame[] {
  const frames: Frame[] = [];
  let start = 0;
  for (let end = body.indexOf("\n\n"); end !== -1; end = body.indexOf("\n\n", start)) {
    let id: string | null = null;
    const data: string[] = [];
    for (const line of body.toString("utf8", start, end).split("\n")) {
      if (line.startsWith("data:")) data.push(line.slice(line[5] === " " ? 6 : 5));
      else if (line.startsWith("id:")) id = line.slice(3).trim();
    }
    if (data.length > 0) frames.push({ id, data: data.join("\n"), atMs: arrivedAt(end + 1) });
    start = end + 2;
  }
  return frames;
}
