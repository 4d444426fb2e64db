import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { listChats } from "@/lib/api/chats";

export const GET = route(listChats, (actor, { query }) => services().chats.list(actor, query));
