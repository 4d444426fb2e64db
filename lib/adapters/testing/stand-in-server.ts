import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  body: string;
}

/** A server for one test, for the shapes that the scripted model does not play. */
export async function startStandIn(answer: (exchange: Exchange) => unknown): Promise<string> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    await answer({ request, response, body });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return `http://127.0.0.1:${address.port}/v1`;
}

export function answerWith(status: number, body: unknown, headers: Record<string, string> = {}) {
  return ({ response }: Exchange) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

/** Answers with an event stream; strings go out as they are, everything else as a frame. */
export function streamOf(...frames: readonly unknown[]) {
  return ({ response }: Exchange) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const frame of frames) response.write(typeof frame === "string" ? frame : frameOf(frame));
    response.end();
  };
}

export function frameOf(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

export function delta(content: Record<string, unknown>) {
  return { id: "gen-1", choices: [{ index: 0, delta: content, finish_reason: null }] };
}

export const finish = { id: "gen-1", choices: [{ index: 0, delta: {}, finish_reason: "stop" }] };
export const done = "data: [DONE]\n\n";
