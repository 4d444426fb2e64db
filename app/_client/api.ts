import type { z } from "zod";
import type { Operation } from "@/lib/api/operation";
import { failureOf, toFailure } from "./chat-failure";

interface Call<Params, Query, Body> {
  params?: Params;
  query?: Query;
  body?: Body;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Goes out even if the page is left meanwhile. */
  keepalive?: boolean;
}

/**
 * Calls an operation of our HTTP contract and parses its answer by the same description
 * that the server answers with. Rejects with a `ChatFailure`.
 */
export async function api<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(
  operation: Operation<Params, Query, Body, Answer>,
  {
    params,
    query,
    body,
    headers,
    signal,
    keepalive,
  }: Call<z.input<Params>, z.input<Query>, z.input<Body>> = {},
): Promise<z.output<Answer>> {
  try {
    const response = await fetch(urlOf(operation.path, params ?? {}, query ?? {}), {
      method: operation.method,
      signal,
      keepalive,
      headers: body === undefined ? headers : { "Content-Type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw await failureOf(response);
    return operation.answer.parse(await response.json());
  } catch (cause) {
    throw toFailure(cause);
  }
}

export function urlOf(path: string, params: object, query: object): string {
  const values = new Map<string, unknown>(Object.entries(params));
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(values.get(name))),
  );
  const search = new URLSearchParams(
    Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return search === "" ? filled : `${filled}?${search}`;
}
