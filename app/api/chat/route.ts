import { after } from "next/server";
import { followResponse } from "@/app/_server/follow-response";
import { explainError } from "@/app/_server/respond";
import { streamRoute } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { sendMessage } from "@/lib/api/generations";
import { idempotencyKeyOf } from "@/lib/api/idempotency-key";

// The most that every plan of Vercel allows; an answer that takes longer is handed over. Elsewhere nothing limits it.
export const maxDuration = 300;

export const POST = streamRoute(sendMessage, async (actor, { body, request, sessionId }) => {
  const { generation, done, leftLeafId } = await services().streaming.send(actor, body, {
    idempotencyKey: idempotencyKeyOf(request.headers),
    explain: explainError,
  });
  if (done) after(() => done.then(services().titled));
  const response = followResponse(generation, null, { request, sessionId });
  if (leftLeafId !== null) response.headers.set("X-Left-Leaf", leftLeafId);
  return response;
});
