import type { z } from "zod";
import type { Operation } from "@/lib/api/operation";
import { urlOf } from "./api";
import { failureOf, toFailure } from "./chat-failure";

/** Calls an operation that is given a file as its body. Rejects with a `ChatFailure`. */
export async function sendFile<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(
  operation: Operation<Params, Query, Body, Answer>,
  file: Blob,
  { params, query }: { params?: z.input<Params>; query?: z.input<Query> } = {},
): Promise<z.output<Answer>> {
  try {
    const response = await fetch(urlOf(operation.path, params ?? {}, query ?? {}), {
      method: operation.method,
      headers: { "Content-Type": file.type || "application/octet-stream" },
      body: file,
    });
    if (!response.ok) throw await failureOf(response);
    return operation.answer.parse(await response.json());
  } catch (cause) {
    throw toFailure(cause);
  }
}
