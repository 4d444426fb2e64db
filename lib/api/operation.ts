import type { z } from "zod";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/**
 * One endpoint, described once: the route handler parses with it, the browser's client
 * calls by it. `path` has its parameters in braces.
 */
export interface Operation<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  method: Method;
  path: `/api/${string}`;
  summary: string;
  params: Params;
  query: Query;
  body: Body;
  answer: Answer;
}

export function operation<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(described: Operation<Params, Query, Body, Answer>): Operation<Params, Query, Body, Answer> {
  return described;
}
