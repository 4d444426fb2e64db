import { forgottenConnectCookie, readConnectCookie } from "@/app/_server/connect-cookie";
import { ownOrigin } from "@/app/_server/own-origin";
import { pageRoute } from "@/app/_server/page-route";
import { streamRoute } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { finishOpenRouter } from "@/lib/api/keys";

export const GET = pageRoute(
  "/settings/keys",
  streamRoute(finishOpenRouter, async (actor, { params, query, request, sessionId }) => {
    const { connect, origins } = services();
    const { outcome, back } = await connect.finish(
      { actor, sessionId },
      { ticket: readConnectCookie(request.headers), state: params.state, code: query.code ?? null },
    );
    const origin = ownOrigin(request.headers, origins);
    return new Response(null, {
      status: 303,
      headers: {
        Location: `${origin}${back ?? `/settings/keys?connect=${outcome}`}`,
        "Set-Cookie": forgottenConnectCookie(origin.startsWith("https:")),
        "Cache-Control": "no-store",
        // The code is used up, and still nobody's business.
        "Referrer-Policy": "no-referrer",
      },
    });
  }),
);
