import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { changeEndpoint, removeEndpoint } from "@/lib/api/endpoints";

export const PATCH = route(changeEndpoint, (actor, { params, body }) =>
  services().endpoints.change(actor, params.endpointId, body),
);

export const DELETE = route(removeEndpoint, async (actor, { params }) => {
  await services().endpoints.remove(actor, params.endpointId);
  return { removed: true as const };
});
