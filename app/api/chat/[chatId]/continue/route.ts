import { after } from "next/server";
import { followResponse } from "@/app/_server/follow-response";
import { explainError } from "@/app/_server/respond";
import { streamRoute } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { continueAnswer } from "@/lib/api/generations";
import { idempotencyKeyOf } from "@/lib/api/idempotency-key";

export const maxDuration = 300;

export const POST = streamRoute(continueAnswer, async (actor, { params, body, request, sessionId }) => {
  const { generation, done } = await services().streaming.continueAnswer(
    actor,
    params.chatId,
    body.messageId,
    {
      idempotencyKey: idempotencyKeyOf(request.headers),
      explain: explainError,
    },
  );
  if (done) after(() => done);
  return followResponse(generation, null, { request, sessionId });
});
