import { after } from "next/server";
import { followResponse } from "@/app/_server/follow-response";
import { explainError } from "@/app/_server/respond";
import { streamRoute } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { sendMessage } from "@/lib/api/generations";
import { idempotencyKeyOf } from "@/lib/api/idempotency-key";

// The longest that Vercel lets a function write an answer; elsewhere nothing limits it.
export const maxDuration = 800;

export const POST = streamRoute(sendMessage, async (actor, { body, request, sessionId }) => {
  const { generation, done } = await services().streaming.send(actor, body, {
    idempotencyKey: idempotencyKeyOf(request.headers),
    explain: explainError,
  });
  if (done) after(() => done);
  return followResponse(generation, null, { request, sessionId });
});
