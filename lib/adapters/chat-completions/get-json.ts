import type { AddressGuard } from "@/lib/adapters/guard/address-guard";
import { call, headersOf } from "./call";
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
  guard: AddressGuard | null;
}

// Ten times OpenRouter's whole catalogue.
const bytesMax = 16 * 1024 * 1024;

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

async function load({ provider, url, headers, guard }: JsonRequest, signal: AbortSignal): Promise<unknown> {
  const asked = { method: "GET", url, headers: new Headers(headers), body: null, guard } as const;
  const response = await call(asked, signal).catch((error: unknown) => {
    throw connectionError(provider, error);
  });
  const status = response.statusCode ?? 0;
  if (status < 200 || status >= 300) {
    const failure = failureInBody(await readText(response)) ?? {};
    throw providerError({ provider, status, failure, headers: headersOf(response) });
  }
  const body = await readWhole(provider, response);
  const json = parseJson(body);
  if (json === undefined) throw brokenAnswer(provider, "what it sent is no JSON");
  const failure = failureStated(json);
  if (failure !== null) throw providerError({ provider, status: null, failure });
  return json;
}

async function readWhole(provider: string, body: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of body) {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes > bytesMax) break;
    }
  } catch (error) {
    throw connectionError(provider, error);
  }
  if (bytes > bytesMax) throw brokenAnswer(provider, "what it sent is too much");
  return Buffer.concat(pieces).toString("utf8");
}
