import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { createProfile, listProfiles } from "@/lib/api/profiles";

export const GET = route(listProfiles, (actor) => services().profiles.list(actor));

export const POST = route(createProfile, (actor, { body }) => services().profiles.create(actor, body));
