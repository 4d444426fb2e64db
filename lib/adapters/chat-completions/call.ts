import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import type { AddressGuard } from "@/lib/adapters/guard/address-guard";

export interface Call {
  method: "GET" | "POST";
  url: string;
  headers: Headers;
  body: string | null;
  /** For addresses that somebody has given who may not know, or not want, what they lead to. */
  guard: AddressGuard | null;
}

// A connection that is still there saves the next question a handshake of three round trips.
const agents = {
  "http:": new http.Agent({ keepAlive: true, keepAliveMsecs: 30_000 }),
  "https:": new https.Agent({ keepAlive: true, keepAliveMsecs: 30_000 }),
};

/**
 * Sends a request and gives the response as soon as its head is there. An abort of `signal` closes the connection.
 * A redirect is a response like any other: nobody follows it.
 */
export async function call(
  { method, url, headers, body, guard }: Call,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const target = new URL(url);
  guard?.requireAllowed(target);
  const isSecure = target.protocol === "https:";
  return new Promise((resolve, reject) => {
    const request = (isSecure ? https : http).request(target, {
      method,
      // What is guarded has a connection of its own: one that is still there from before may lead anywhere.
      agent: guard ? false : agents[isSecure ? "https:" : "http:"],
      lookup: guard?.lookup,
      signal,
      headers: {
        ...Object.fromEntries(headers),
        // A stream that is compressed on the way comes in blocks, and late.
        "accept-encoding": "identity",
        ...(body !== null && { "content-length": Buffer.byteLength(body) }),
      },
    });
    request.once("response", resolve);
    // Stays after the response as well: an abort reports itself here too.
    request.on("error", reject);
    request.end(body ?? undefined);
  });
}

export function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    const value = rawHeaders[index + 1];
    if (name !== undefined && value !== undefined) headers.append(name, value);
  }
  return headers;
}
