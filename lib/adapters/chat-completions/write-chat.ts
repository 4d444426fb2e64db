import { AppError } from "@/lib/errors/app-error";

export interface ChatWriting {
  provider: string;
  /** Has an SDK model write the request and send it through the `fetch` it is given. */
  send(fetch: typeof globalThis.fetch): PromiseLike<unknown>;
}

export interface WrittenChat {
  url: string;
  headers: Headers;
  body: string;
}

/** The request as an SDK model writes it. Nothing is sent: the model gets an empty stream for its answer. */
export async function writeChat({ provider, send }: ChatWriting): Promise<WrittenChat> {
  const written = Promise.withResolvers<WrittenChat>();
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
