import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { changeInstallation, getInstallation } from "@/lib/api/settings";

export const GET = route(getInstallation, (actor) => services().preferences.getInstallation(actor));

export const PATCH = route(changeInstallation, (actor, { body }) =>
  services().preferences.changeInstallation(actor, body),
);
