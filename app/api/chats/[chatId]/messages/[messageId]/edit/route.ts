import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { idempotencyKeyOf } from "@/lib/api/idempotency-key";
import { editAnswer } from "@/lib/api/messages";

export const POST = route(editAnswer, (actor, { params, body, request }) =>
  services().tree.editAnswer(actor, params, body.text, idempotencyKeyOf(request.headers)),
);
