import { createServer } from "node:http";

import { answerRequest, createStage, resetStage } from "./answer-request.ts";
import type { RecordedRequest } from "./journal.ts";

export type ScriptedModel = {
  /** The origin, without a slash at its end. */
  url: string;
  /** For OPENROUTER_BASE_URL. */
  baseUrl: string;
  /** What was asked since the start or the last reset, oldest first. */
  requests(): RecordedRequest[];
  /** The first recorded request that `matches`, now or once it does; rejects after `timeoutMs`. */
  until(matches: (request: RecordedRequest) => boolean, timeoutMs?: number): Promise<RecordedRequest>;
  /** The keys that people were given by OAuth, oldest first. */
  connectedKeys(): readonly string[];
  /** Forgets the requests, and how often a failure with `times` was played. */
  reset(): void;
  /** Ends every connection at once. */
  close(): Promise<void>;
};

export type StartOptions = { port?: number; host?: string };

/** Starts the scripted model server; without a port on any that is free. */
export async function startScriptedModel(options: StartOptions = {}): Promise<ScriptedModel> {
  const { port = 0, host = "127.0.0.1" } = options;
  const stage = createStage();
  // Longer than clients keep an idle connection, so that none is reused while it closes.
  const server = createServer({ keepAliveTimeout: 120_000, requestTimeout: 0 }, (request, response) => {
    answerRequest(request, response, stage).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host, backlog: 4096 }, resolve);
  });
  const address = server.address();
  const boundPort = typeof address === "object" && address !== null ? address.port : port;
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${boundPort}`;

  return {
    url,
    baseUrl: `${url}/api/v1`,
    requests: stage.journal.requests,
    until: stage.journal.until,
    connectedKeys: stage.authorization.keys,
    reset: () => resetStage(stage),
    async close() {
      const closed = new Promise<unknown>((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      stage.ticker.stop();
    },
  };
}
