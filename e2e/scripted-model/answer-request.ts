import type { IncomingMessage, ServerResponse } from "node:http";

import { answerCompletion, type Stage } from "./answer-completion.ts";
import { createAuthorization } from "./authorization.ts";
import { type ErrorAnswer, plainError } from "./errors.ts";
import { generationObject } from "./generation-object.ts";
import { type Answer, bearerKey, readBody, sendJson } from "./http.ts";
import { createJournal, fingerprint } from "./journal.ts";
import { keyObject } from "./key-object.ts";
import { modelList } from "./model-objects.ts";
import { createTicker } from "./ticker.ts";

/** Routes one request: OpenRouter's paths under `/api/v1` and `/v1`, its page `/auth`, the journal under `/_scripted`. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  stage: Stage,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://scripted");
  const [, prefix = "", path = ""] = /^(\/api\/v1|\/v1|\/_scripted)(\/.*)$/.exec(url.pathname) ?? [];
  const route = `${request.method} ${path}`;
  const key = bearerKey(request);
  if (prefix !== "/_scripted" && route === "POST /chat/completions") {
    const body = await readBody(request);
    if (body === null) sendJson(response, plainError("413"));
    else
      answerCompletion(
        request,
        response,
        { path: url.pathname, key, body, refusal: refusalOf(key, stage) },
        stage,
      );
    return;
  }
  if (prefix !== "/_scripted" && route === "POST /auth/keys") {
    sendJson(response, stage.authorization.exchange(await readBody(request)));
    return;
  }
  request.resume();
  if (request.method === "GET" && url.pathname === "/auth") {
    stage.authorization.sendPage(url, response);
    return;
  }
  sendJson(
    response,
    prefix === "/_scripted" ? control(route, stage) : lookUp(route, url, prefix, key, stage),
  );
}

export function createStage(): Stage {
  return {
    journal: createJournal(),
    ticker: createTicker(),
    failuresPlayed: new Map(),
    authorization: createAuthorization(),
  };
}

export function resetStage({ journal, failuresPlayed }: Stage): void {
  journal.reset();
  failuresPlayed.clear();
}

function lookUp(route: string, url: URL, prefix: string, key: string | null, stage: Stage): Answer {
  // OpenRouter shows its models to everyone, OpenAI only to those with a key.
  const isOpen = route === "GET /models" && prefix === "/api/v1" && key === null;
  const refusal = refusalOf(key, stage);
  if (refusal !== null && !isOpen) return refusal;
  switch (route) {
    case "GET /models":
      return { status: 200, body: modelList() };
    case "GET /key":
      return { status: 200, body: { data: keyObject(key ?? "") } };
    case "GET /generation": {
      // Nobody is told of another one's.
      const found = stage.journal.find(url.searchParams.get("id") ?? "");
      if (found === null || key === null || found.auth !== fingerprint(key))
        return plainError("404", "Generation not found");
      return { status: 200, body: { data: generationObject(found) } };
    }
    default:
      return plainError("404", `Not found: ${route}`);
  }
}

function control(route: string, stage: Stage): Answer {
  switch (route) {
    case "GET /requests":
      return { status: 200, body: { requests: stage.journal.requests() } };
    case "DELETE /requests":
      resetStage(stage);
      return { status: 200, body: { requests: [] } };
    case "GET /stats":
      return { status: 200, body: stage.journal.stats() };
    default:
      return plainError("404", `Not found: ${route}`);
  }
}

function refusalOf(key: string | null, { authorization }: Stage): ErrorAnswer | null {
  if (key === null) return plainError("401", "No auth credentials found");
  if (key.includes("broke")) return plainError("402");
  return key.includes("invalid") || authorization.isRevoked(key)
    ? plainError("401", "User not found.")
    : null;
}
