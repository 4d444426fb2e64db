import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { changeSummary, deleteSummary } from "@/lib/api/prompts";

export const PATCH = route(changeSummary, (actor, { params, body }) =>
  services().previews.changeSummary(actor, params, body),
);

export const DELETE = route(deleteSummary, (actor, { params }) =>
  services().previews.deleteSummary(actor, params),
);
