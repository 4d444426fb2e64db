import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { trashChats } from "@/lib/api/account";

export const DELETE = route(trashChats, (actor) => services().accounts.trashChats(actor));
