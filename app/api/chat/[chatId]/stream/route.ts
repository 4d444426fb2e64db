import { after } from "next/server";
import { followResponse } from "@/app/_server/follow-response";
import { pollResponse } from "@/app/_server/poll-response";
import { streamRoute } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { followAnswer } from "@/lib/api/generations";
import { AppError } from "@/lib/errors/app-error";
import { parseCursor } from "@/lib/streaming/cursor";

export const maxDuration = 300;

export const GET = streamRoute(followAnswer, async (actor, { params, query, request, sessionId }) => {
  const { streaming, chats } = services();
  const cursor = query.after ?? request.headers.get("last-event-id");
  const position = cursor ? parseCursor(cursor) : null;
  const generation = await streaming.find(actor.userId, params.chatId, query.generation ?? null);

  if (!generation) {
    if (query.generation) throw new AppError("not_found", "no such generation");
    // `useChat` asks as soon as a page opens, also for a chat that its first question will make.
    await chats.requireNotSomebodyElses(actor, params.chatId);
    return new Response(null, { status: 204 });
  }
  await streaming.requireKept(generation, position);
  // It may be this request that has taken the answer up.
  const done = streaming.doneOf(generation.id);
  if (done) after(() => done);
  const isJson = request.headers.get("accept")?.includes("application/json") ?? false;
  if (isJson) return pollResponse(generation, position, query.wait * 1000, request.signal);
  return followResponse(generation, position, { request, sessionId });
});
