import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { deleteMessage, getMessage } from "@/lib/api/messages";

export const GET = route(getMessage, (actor, { params }) => services().tree.about(actor, params));

export const DELETE = route(deleteMessage, (actor, { params }) => services().tree.remove(actor, params));
