import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { changeModels } from "@/lib/api/settings";

export const PATCH = route(changeModels, (actor, { body }) =>
  services().preferences.changeModels(actor, body),
);
