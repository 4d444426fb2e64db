import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { endOtherSessions, listDevices } from "@/lib/api/account";

export const GET = route(listDevices, (actor, { sessionId }) =>
  services().accounts.listDevices(actor, sessionId),
);

export const DELETE = route(endOtherSessions, (actor, { sessionId }) =>
  services().accounts.endOtherSessions(actor, sessionId),
);
