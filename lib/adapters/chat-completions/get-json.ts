import { openLine } from "./line";
import { parseJson } from "./parse-json";
import { brokenAnswer, connectionError, providerError } from "./provider-error";
import { failureInBody, failureStated } from "./provider-failure";
import { readText } from "./read-text";

export interface JsonRequest {
  provider: string;
  url: string;
  headers: Record<string, string>;
  deadlineMs: number;
}

/**
 * The JSON that a provider answers a GET with.
 *
 * @throws AppError for every failure, a 200 with an error in its body included; the reason of `signal` after an abort
 */
export async function getJson(request: JsonRequest, signal: AbortSignal): Promise<unknown> {
  signal.throwIfAborted();
  const line = openLine(request.provider, signal);
  line.expectWithin(request.deadlineMs);
  try {
    return await line.wait(load(request, line.signal));
  } finally {
    line.close();
    line.hangUp();
  }
}

async function load({ provider, url, headers }: JsonRequest, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { headers, signal, cache: "no-store" }).catch((error: unknown) => {
    throw connectionError(provider, error);
  });
  if (!response.ok) {
    const failure = failureInBody(await readText(response.body)) ?? {};
    throw providerError({ provider, status: response.status, failure, headers: response.headers });
  }
  const body = await response.text().catch((error: unknown) => {
    throw connectionError(provider, error);
  });
  const json = parseJson(body);
  if (json === undefined) throw brokenAnswer(provider, "what it sent is no JSON");
  const failure = failureStated(json);
  if (failure !== null) throw providerError({ provider, status: null, failure });
  return json;
}
