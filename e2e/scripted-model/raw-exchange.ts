import { connect } from "node:net";

export type Exchange = {
  status: number;
  headers: Record<string, string>;
  /** The chunks of the transfer encoding: one for each write of the server. */
  chunks: Buffer[];
  body: string;
  /** The response came to its proper end; false when the connection broke before. */
  isWhole: boolean;
};

export type ExchangeOptions = {
  path?: string;
  headers?: Record<string, string>;
  /** Breaks the connection as soon as the raw answer so far satisfies it. */
  leaveWhen?: (received: string) => boolean;
};

/** One POST over a bare socket, for what `fetch` hides: single writes, cuts, who left when. */
export function rawExchange(url: string, body: unknown, options: ExchangeOptions = {}): Promise<Exchange> {
  const { path = "/api/v1/chat/completions", headers = {}, leaveWhen } = options;
  const { hostname, port } = new URL(url);
  const json = JSON.stringify(body);
  const head = Object.entries({
    Host: hostname,
    Authorization: "Bearer sk-or-test",
    "Content-Type": "application/json",
    "Content-Length": String(Buffer.byteLength(json)),
    Connection: "close",
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);

  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => {
      socket.write(`POST ${path} HTTP/1.1\r\n${head.join("")}\r\n${json}`);
    });
    socket.on("data", (piece) => {
      pieces.push(piece);
      if (leaveWhen?.(Buffer.concat(pieces).toString())) socket.destroy();
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(parseExchange(Buffer.concat(pieces))));
  });
}

function parseExchange(bytes: Buffer): Exchange {
  const headEnd = bytes.indexOf("\r\n\r\n");
  const [statusLine = "", ...lines] = bytes.subarray(0, Math.max(0, headEnd)).toString().split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)]),
  );
  const rest = bytes.subarray(headEnd + 4);
  const isChunked = headers["transfer-encoding"] === "chunked";
  const { chunks, isWhole } = isChunked ? parseChunks(rest) : { chunks: [rest], isWhole: true };
  return {
    status: Number(statusLine.split(" ")[1] ?? 0),
    headers,
    chunks,
    body: Buffer.concat(chunks).toString(),
    isWhole,
  };
}

function parseChunks(bytes: Buffer): Pick<Exchange, "chunks" | "isWhole"> {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd === -1) return { chunks, isWhole: false };
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString(), 16);
    if (size === 0) return { chunks, isWhole: true };
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
