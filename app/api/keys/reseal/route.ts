import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { resealKeys } from "@/lib/api/keys";

export const POST = route(resealKeys, (actor) => services().vault.reseal(actor));
