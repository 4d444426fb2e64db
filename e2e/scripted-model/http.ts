import type { IncomingMessage, ServerResponse } from "node:http";

const bodyBytesMax = 64 * 1024 * 1024;

export type Answer = { status: number; body: unknown; headers?: Record<string, string> };

export function sendJson(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  response.writeHead(status, { ...headers, "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}

/** The body as text, or null when it is too large or the client left before its end. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of request) {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes > bodyBytesMax) return null;
    }
  } catch {
    // The connection broke while the body came: there is nobody left to answer.
    return null;
  }
  return Buffer.concat(pieces).toString("utf8");
}

export function bearerKey({ headers }: IncomingMessage): string | null {
  return /^Bearer\s+(\S.*)$/i.exec(headers.authorization ?? "")?.[1] ?? null;
}
