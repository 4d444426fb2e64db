import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { verifyKey } from "@/lib/api/keys";

export const POST = route(verifyKey, (actor, { params }) => services().vault.verify(actor, params.keyId));
