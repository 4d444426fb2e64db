import { AppError } from "@/lib/errors/app-error";
import { connectionError, providerError } from "./provider-error";
import { failureInBody } from "./provider-failure";
import { readText } from "./read-text";

export interface ChatRequest {
  provider: string;
  fetch: typeof globalThis.fetch;
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
export async function sendChat({ provider, fetch, send }: ChatRequest, signal: AbortSignal) {
  const answered = Promise.withResolvers<Response>();
  const divert: typeof globalThis.fetch = async (url, init) => {
    answered.resolve(fetch(url, { ...init, signal, cache: "no-store" }));
    return new Response("");
  };
  send(divert).then(undefined, (error: unknown) => {
    const problem = `the SDK could not write a request to ${provider}`;
    answered.reject(error instanceof AppError ? error : new AppError("internal", problem, { provider }));
  });

  const response = await answered.promise.catch((error: unknown) => {
    throw error instanceof AppError ? error : connectionError(provider, error);
  });
  const { ok, status, headers, body } = response;
  if (ok && body !== null) return { upstreamId: headers.get("x-generation-id"), body };
  const failure = failureInBody(await readText(response)) ?? {};
  throw providerError({ provider, status, failure, headers, isAboutModel: true });
}
