import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { untrashChats } from "@/lib/api/account";

export const POST = route(untrashChats, (actor, { body }) =>
  services().accounts.untrashChats(actor, body.trashedAt),
);
