import { explainError } from "@/app/_server/respond";
import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { checkEndpoint } from "@/lib/api/endpoints";

export const POST = route(checkEndpoint, async (actor, { params }) => {
  const checked = await services().endpoints.check(actor, params.endpointId);
  return checked.status === "ok"
    ? checked
    : { status: "failed" as const, error: explainError(checked.error) };
});
