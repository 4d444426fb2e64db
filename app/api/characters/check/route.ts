import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { checkCard } from "@/lib/api/characters";

export const POST = route(checkCard, (actor, { body }) => services().cardChecks.check(actor, body));
