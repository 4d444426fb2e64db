import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { removeKey } from "@/lib/api/keys";

export const DELETE = route(removeKey, async (actor, { params }) => {
  await services().vault.remove(actor, params.keyId);
  return { removed: true as const };
});
