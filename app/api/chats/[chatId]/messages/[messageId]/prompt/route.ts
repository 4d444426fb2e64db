import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { getPrompt } from "@/lib/api/prompts";

export const GET = route(getPrompt, (actor, { params }) => services().previews.asked(actor, params));
