import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { endSession } from "@/lib/api/account";

export const DELETE = route(endSession, (actor, { params }) =>
  services().accounts.endSession(actor, params.sessionId),
);
