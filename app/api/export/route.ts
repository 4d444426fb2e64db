import { exportResponse } from "@/app/_server/export-response";
import { streamRoute } from "@/app/_server/route";
import { exportChats } from "@/lib/api/transfer";

export const maxDuration = 300;

export const GET = streamRoute(exportChats, async (actor, { query, request, sessionId }) =>
  exportResponse(actor, query.format, { request, sessionId }),
);
