import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { idempotencyKeyOf } from "@/lib/api/idempotency-key";
import { branchChat } from "@/lib/api/messages";

export const POST = route(branchChat, (actor, { params, request }) =>
  services().tree.branch(actor, params, idempotencyKeyOf(request.headers)),
);
