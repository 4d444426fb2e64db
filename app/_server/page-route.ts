import type { NextRequest } from "next/server";

type Handler<Context> = (request: NextRequest, context: Context) => Promise<Response>;

/** For a handler that the browser itself goes to: whoever is signed out signs in, and comes to `path` then. */
export function pageRoute<Context>(path: string, handle: Handler<Context>): Handler<Context> {
  return async (request, context) => {
    const response = await handle(request, context);
    if (response.status !== 401) return response;
    const headers = { Location: `/sign-in?next=${encodeURIComponent(path)}`, "Cache-Control": "no-store" };
    return new Response(null, { status: 303, headers });
  };
}
