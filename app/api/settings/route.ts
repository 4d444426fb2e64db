import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { changeSettings, getSettings } from "@/lib/api/settings";

export const GET = route(getSettings, (actor) => services().preferences.get(actor));

export const PATCH = route(changeSettings, (actor, { body }) => services().preferences.change(actor, body));
