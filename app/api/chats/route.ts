import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { createChat, keepChats, listChats, purgeChats } from "@/lib/api/chats";

export const GET = route(listChats, (actor, { query }) => services().chats.list(actor, query));

export const POST = route(createChat, (actor, { body }) => services().chats.begin(actor, body));

export const PATCH = route(keepChats, (actor, { body }) => services().chats.keepMany(actor, body));

export const DELETE = route(purgeChats, (actor, { body }) => services().chats.purge(actor, body));
