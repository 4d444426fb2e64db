import type { AddressGuard } from "@/lib/adapters/guard/address-guard";
import { AppError } from "@/lib/errors/app-error";
import { call, headersOf } from "./call";
import { processPace } from "./pace";
import { type PacedBody, pacedBody } from "./paced-body";
import { connectionError, providerError } from "./provider-error";
import { failureInBody } from "./provider-failure";
import { readText } from "./read-text";

export interface ChatRequest {
  provider: string;
  guard: AddressGuard | null;
  /** Has an SDK model write the request and send it through the `fetch` it is given. */
  send(fetch: typeof globalThis.fetch): PromiseLike<unknown>;
}

/**
 * Sends a request as an SDK model writes it, and keeps the response from that model:
 * it gets an empty stream in its place, whatever the answer is.
 *
 * @returns the body of a response with a good status, and the id it has at the provider
 * @throws AppError; what an abort of `signal` looks like here is for the caller to know
 */
export async function sendChat(
  { provider, guard, send }: ChatRequest,
  signal: AbortSignal,
): Promise<{ upstreamId: string | null; body: PacedBody }> {
  const written = Promise.withResolvers<{ url: string; headers: Headers; body: string }>();
  const divert: typeof globalThis.fetch = async (url, init) => {
    written.resolve({ url: String(url), headers: new Headers(init?.headers), body: String(init?.body) });
    return new Response("");
  };
  send(divert).then(undefined, (error: unknown) => {
    const problem = `the SDK could not write a request to ${provider}`;
    written.reject(error instanceof AppError ? error : new AppError("internal", problem, { provider }));
  });

  const request = { ...(await written.promise), method: "POST", guard } as const;
  const response = await call(request, signal).catch((error: unknown) => {
    throw connectionError(provider, error);
  });
  const status = response.statusCode ?? 0;
  const headers = headersOf(response);
  const body = pacedBody(response, processPace);
  if (status >= 200 && status < 300) return { upstreamId: headers.get("x-generation-id"), body };
  const failure = failureInBody(await readText(body)) ?? {};
  response.destroy();
  throw providerError({ provider, status, failure, headers, isAboutModel: true });
}
