import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

/**
 * The least that any app could take: it reads the question, asks the model server and passes the bytes of
 * the answer on as they come. No accounts, no database, no SDK, nothing kept.
 *
 * It listens on 127.0.0.1 at PORT, and asks at UPSTREAM.
 */
const { PORT = "0", UPSTREAM = "" } = process.env;
const upstream = new URL(`${UPSTREAM}/chat/completions`);
const agent = new Agent({ keepAlive: true });

const server = createServer((incoming, outgoing) => {
  if (incoming.method !== "POST" || incoming.url !== "/api/chat") {
    incoming.resume();
    outgoing.writeHead(incoming.method === "GET" ? 204 : 404).end();
    return;
  }
  answer(incoming, outgoing).catch((error) => {
    console.error(error);
    outgoing.destroy();
  });
});
server.listen({ host: "127.0.0.1", port: Number(PORT), backlog: 4096 });
process.once("disconnect", () => process.exit());
process.once("SIGTERM", () => process.exit());

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece);
  const { message } = JSON.parse(Buffer.concat(pieces).toString());
  const body = JSON.stringify({
    model: "scripted/burst",
    stream: true,
    messages: [{ role: "user", content: message.parts[0].text }],
  });
  const headers = {
    Authorization: "Bearer sk-or-scripted",
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
  };
  const asked = request(upstream, { method: "POST", agent, headers }, (answered) => {
    outgoing.writeHead(answered.statusCode ?? 502, {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-cache, no-transform",
    });
    answered.pipe(outgoing);
  });
  asked.on("error", () => outgoing.destroy());
  outgoing.once("close", () => asked.destroy());
  asked.end(body);
}
