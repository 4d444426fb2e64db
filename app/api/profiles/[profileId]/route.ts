import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { changeProfile, deleteProfile } from "@/lib/api/profiles";

export const PATCH = route(changeProfile, (actor, { params, body }) =>
  services().profiles.change(actor, params.profileId, body),
);

export const DELETE = route(deleteProfile, (actor, { params }) =>
  services().profiles.remove(actor, params.profileId),
);
