import type { NextRequest } from "next/server";
import type { z } from "zod";
import type { Actor } from "@/lib/accounts/actor";
import type { Operation } from "@/lib/api/operation";
import { requireStorable } from "@/lib/api/storable-text";
import { AppError } from "@/lib/errors/app-error";
import { requireSession } from "./actor";
import { readFile, readJsonBody } from "./read-body";
import { respond } from "./respond";
import { requireSameOrigin } from "./same-origin";
import { services } from "./services";

interface Input<O extends Operation> {
  params: z.output<O["params"]>;
  query: z.output<O["query"]>;
  body: z.output<O["body"]>;
  request: NextRequest;
  sessionId: string;
}

// A route without parameters is given none, whatever Next's types say.
type Context = { params: Promise<Record<string, string | string[] | undefined> | undefined> };
type Handler = (request: NextRequest, context: Context) => Promise<Response>;

/** An operation for whoever is signed in; its answer is parsed on the way out. */
export function route<O extends Operation>(
  operation: O,
  handle: (actor: Actor, input: Input<O>) => Promise<z.input<O["answer"]>>,
): Handler {
  return streamRoute(operation, async (actor, input) =>
    Response.json(operation.answer.parse(await handle(actor, input)), {
      headers: { "Cache-Control": "no-store" },
    }),
  );
}

/** The same for a handler that makes its own response. */
export function streamRoute<O extends Operation>(
  operation: O,
  handle: (actor: Actor, input: Input<O>) => Promise<Response>,
): Handler {
  return (request, context) =>
    respond(request, operation.path, async () => {
      if (request.method !== "GET") requireSameOrigin(request.headers, services().origins);
      const session = await requireSession(request.headers);
      const body = request.method === "GET" ? {} : await readJsonBody(request);
      return handle(session.actor, {
        ...(await parse(operation, request, context, body)),
        sessionId: session.id,
      });
    });
}

/** The same for an operation that is given a file instead of JSON. */
export function fileRoute<O extends Operation>(
  operation: O,
  bytesMax: number,
  handle: (actor: Actor, input: Input<O> & { file: Uint8Array }) => Promise<z.input<O["answer"]>>,
): Handler {
  return (request, context) =>
    respond(request, operation.path, async () => {
      requireSameOrigin(request.headers, services().origins);
      const session = await requireSession(request.headers);
      const input = await parse(operation, request, context, {});
      const file = await readFile(request, bytesMax);
      const answer = await handle(session.actor, { ...input, sessionId: session.id, file });
      return Response.json(operation.answer.parse(answer), { headers: { "Cache-Control": "no-store" } });
    });
}

async function parse<O extends Operation>(
  operation: O,
  request: NextRequest,
  context: Context,
  body: unknown,
): Promise<Omit<Input<O>, "sessionId">> {
  const query = Object.fromEntries(request.nextUrl.searchParams);
  requireStorable([body, query]);
  return {
    params: requireValid<O["params"]>(operation.params, (await context.params) ?? {}, "not_found"),
    query: requireValid<O["query"]>(
      operation.query,
      Object.fromEntries(request.nextUrl.searchParams),
      "invalid_request",
    ),
    body: requireValid<O["body"]>(operation.body, body, "invalid_request"),
    request,
  };
}

/** A malformed id in a path names nothing: 404. */
function requireValid<S extends z.ZodType>(
  schema: S,
  value: unknown,
  type: "not_found" | "invalid_request",
): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues
    .slice(0, 10)
    .map(({ path, message }) => ({ field: path.join("."), reason: message }));
  throw new AppError(type, "the request does not match its description", { details: { issues } });
}
