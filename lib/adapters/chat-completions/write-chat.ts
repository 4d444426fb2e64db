import { AppError } from "@/lib/errors/app-error";
import type { PostRequest } from "./post";

export interface ChatRequest {
  provider: string;
  /** Has an SDK model write the request and send it through the `fetch` it is given. */
  send(fetch: typeof globalThis.fetch): PromiseLike<unknown>;
}

/** The request as an SDK model writes it. Nothing is sent: the model gets an empty stream for its answer. */
export async function writeChat({ provider, send }: ChatRequest): Promise<PostRequest> {
  const written = Promise.withResolvers<PostRequest>();
  const divert: typeof globalThis.fetch = async (url, init) => {
    written.resolve({ url: String(url), headers: new Headers(init?.headers), body: String(init?.body) });
    return new Response("");
  };
  send(divert).then(undefined, (error: unknown) => {
    const problem = `the SDK could not write a request to ${provider}`;
    written.reject(error instanceof AppError ? error : new AppError("internal", problem, { provider }));
  });
  return written.promise;
}
