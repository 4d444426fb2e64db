import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { addEndpoint, listEndpoints } from "@/lib/api/endpoints";

export const GET = route(listEndpoints, (actor) => services().endpoints.list(actor));

export const POST = route(addEndpoint, (actor, { body }) => services().endpoints.add(actor, body));
