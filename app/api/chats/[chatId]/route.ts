import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { deleteChat, getChat, updateChat } from "@/lib/api/chats";

export const GET = route(getChat, (actor, { params }) => services().chats.get(actor, params.chatId));

export const PATCH = route(updateChat, (actor, { params, body }) =>
  services().chats.update(actor, params.chatId, body),
);

export const DELETE = route(deleteChat, (actor, { params }) =>
  services().chats.moveToTrash(actor, params.chatId),
);
