import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { showMessage } from "@/lib/api/messages";

export const POST = route(showMessage, (actor, { params }) => services().tree.show(actor, params));
