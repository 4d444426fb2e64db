import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { listMessages } from "@/lib/api/chats";

export const GET = route(listMessages, (actor, { params, query }) =>
  services().chats.messages(actor, params.chatId, query),
);
