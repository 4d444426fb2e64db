import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { keepChats, listChats, purgeChats } from "@/lib/api/chats";

export const GET = route(listChats, (actor, { query }) => services().chats.list(actor, query));

export const PATCH = route(keepChats, (actor, { body }) => services().chats.keepMany(actor, body));

export const DELETE = route(purgeChats, (actor, { body }) => services().chats.purge(actor, body));
