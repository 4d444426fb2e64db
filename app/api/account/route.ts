import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { getAccount } from "@/lib/api/account";

export const GET = route(getAccount, (actor) => services().accounts.get(actor));
