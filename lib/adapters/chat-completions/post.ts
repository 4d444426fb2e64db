import http, { type IncomingMessage } from "node:http";
import https from "node:https";

export interface PostRequest {
  url: string;
  headers: Headers;
  body: string;
}

// A connection that is still there saves the next question a handshake of three round trips.
const agents = {
  "http:": new http.Agent({ keepAlive: true, keepAliveMsecs: 30_000 }),
  "https:": new https.Agent({ keepAlive: true, keepAliveMsecs: 30_000 }),
};

/** Sends a request and gives the response as soon as its head is there. An abort of `signal` closes the connection. */
export function post({ url, headers, body }: PostRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const { protocol } = new URL(url);
  const isSecure = protocol === "https:";
  return new Promise((resolve, reject) => {
    const request = (isSecure ? https : http).request(url, {
      method: "POST",
      agent: agents[isSecure ? "https:" : "http:"],
      signal,
      headers: {
        ...Object.fromEntries(headers),
        // A stream that is compressed on the way comes in blocks, and late.
        "accept-encoding": "identity",
        "content-length": Buffer.byteLength(body),
      },
    });
    request.once("response", resolve);
    // Stays after the response as well: an abort reports itself here too.
    request.on("error", reject);
    request.end(body);
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
