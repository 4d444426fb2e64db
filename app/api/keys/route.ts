import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { listKeys, setKey } from "@/lib/api/keys";

export const GET = route(listKeys, (actor) => services().vault.list(actor));

export const POST = route(setKey, (actor, { body }) => services().vault.set(actor, body));
