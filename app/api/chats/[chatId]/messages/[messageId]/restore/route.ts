import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { restoreMessage } from "@/lib/api/messages";

export const POST = route(restoreMessage, (actor, { params, body }) =>
  services().tree.restore(actor, params, body),
);
