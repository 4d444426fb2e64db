import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { previewPrompt } from "@/lib/api/prompts";

export const POST = route(previewPrompt, (actor, { body }) => services().previews.preview(actor, body));
