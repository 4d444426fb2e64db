import { once } from "node:events";
import { createServer, request } from "node:http";

/** What a proxy does to event streams: passes them on, keeps their bodies until they end, or keeps all of them. */
export type Holding = "nothing" | "bodies" | "everything";

/** A proxy in front of an app, that holds back event streams as some in the world do. */
export async function startBufferingProxy(appUrl: string) {
  const app = new URL(appUrl);
  let holding: Holding = "nothing";

  const server = createServer((incoming, outgoing) => {
    const { origin, ...headers } = incoming.headers;
    const upstream = request(
      {
        host: app.hostname,
        port: app.port,
        path: incoming.url,
        method: incoming.method,
        headers: { ...headers, host: app.host, ...(origin && { origin: app.origin }) },
      },
      (answer) => {
        const writeHead = () => outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        const isStream = answer.headers["content-type"]?.startsWith("text/event-stream") ?? false;
        if (!isStream || holding === "nothing") {
          writeHead();
          answer.pipe(outgoing);
          return;
        }
        if (holding === "bodies") writeHead().flushHeaders();
        const held: Buffer[] = [];
        answer.on("data", (bytes: Buffer) => held.push(bytes));
        answer.on("error", () => outgoing.destroy());
        answer.on("end", () => {
          if (!outgoing.headersSent) writeHead();
          outgoing.end(Buffer.concat(held));
        });
      },
    );
    upstream.on("error", () => outgoing.destroy());
    outgoing.on("close", () => upstream.destroy());
    incoming.pipe(upstream);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");

  return {
    url: `http://127.0.0.1:${address.port}`,
    hold(what: Holding): void {
      holding = what;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
