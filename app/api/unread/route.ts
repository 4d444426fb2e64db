import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { countUnread } from "@/lib/api/chats";

export const GET = route(countUnread, (actor) => services().chats.countUnread(actor));
