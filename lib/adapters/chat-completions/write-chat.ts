import type { AddressGuard } from "@/lib/adapters/guard/address-guard";
import { AppError } from "@/lib/errors/app-error";
import type { Call } from "./call";

export interface ChatRequest {
  provider: string;
  guard: AddressGuard | null;
  /** Has an SDK model write the request and send it through the `fetch` it is given. */
  send(fetch: typeof globalThis.fetch): PromiseLike<unknown>;
}

type Written = Call & { body: string };

/** The request as an SDK model writes it. Nothing is sent: the model gets an empty stream for its answer. */
export async function writeChat({ provider, guard, send }: ChatRequest): Promise<Written> {
  const written = Promise.withResolvers<Written>();
  const divert: typeof globalThis.fetch = async (url, init) => {
    const headers = new Headers(init?.headers);
    written.resolve({ method: "POST", url: String(url), headers, body: String(init?.body), guard });
    return new Response("");
  };
  send(divert).then(undefined, (error: unknown) => {
    const problem = `the SDK could not write a request to ${provider}`;
    written.reject(error instanceof AppError ? error : new AppError("internal", problem, { provider }));
  });
  return written.promise;
}
