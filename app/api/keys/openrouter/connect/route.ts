import { connectCookie } from "@/app/_server/connect-cookie";
import { ownOrigin } from "@/app/_server/own-origin";
import { pageRoute } from "@/app/_server/page-route";
import { streamRoute } from "@/app/_server/route";
import { requireSameOrigin } from "@/app/_server/same-origin";
import { services } from "@/app/_server/services";
import { pathAfter } from "@/app/sign-in/path-after";
import { connectOpenRouter } from "@/lib/api/keys";

export const GET = pageRoute(
  "/settings/keys",
  streamRoute(connectOpenRouter, async (actor, { query, request, sessionId }) => {
    const { connect, origins } = services();
    requireSameOrigin(request.headers, origins);
    const origin = ownOrigin(request.headers, origins);
    const begun = connect.begin(
      { actor, sessionId },
      {
        scope: query.scope,
        back: query.back === undefined ? null : pathAfter(query.back),
        callbackOf: (state) => `${origin}/api/keys/openrouter/callback/${state}`,
      },
    );
    return new Response(null, {
      status: 303,
      headers: {
        Location: begun.url,
        "Set-Cookie": connectCookie(begun.ticket, origin.startsWith("https:")),
        "Cache-Control": "no-store",
      },
    });
  }),
);
