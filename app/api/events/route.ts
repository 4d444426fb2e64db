import { eventsResponse } from "@/app/_server/events-response";
import { streamRoute } from "@/app/_server/route";
import { followEvents } from "@/lib/api/events";

export const maxDuration = 300;

export const GET = streamRoute(followEvents, async (actor, { query, request, sessionId }) => {
  const lastEventId = query.after ?? request.headers.get("last-event-id");
  return eventsResponse(actor, lastEventId, { request, sessionId });
});
