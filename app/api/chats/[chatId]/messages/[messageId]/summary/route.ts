import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { changeSummary, deleteSummary } from "@/lib/api/summaries";

export const PATCH = route(changeSummary, (actor, { params, body }) =>
  services().summaries.change(actor, params, body),
);

export const DELETE = route(deleteSummary, (actor, { params }) => services().summaries.forget(actor, params));
