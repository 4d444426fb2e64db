import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { restoreChat } from "@/lib/api/chats";

export const POST = route(restoreChat, (actor, { params }) => services().chats.restore(actor, params.chatId));
