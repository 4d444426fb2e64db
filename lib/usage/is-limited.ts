import type { Actor } from "@/lib/accounts/actor";
import type { Route } from "@/lib/models/route";
import type { CurrentSettings } from "@/lib/settings/settings-keeper";

/** Whether any limit stands over what a person spends, be it far from reached. Costs no statement. */
export type IsLimited = (actor: Pick<Actor, "userId" | "isGuest">, payer: Route["payer"]) => Promise<boolean>;

export function createIsLimited(settings: CurrentSettings): IsLimited {
  return async ({ userId, isGuest }, payer) => {
    const [person, installation] = await Promise.all([settings.ofPerson(userId), settings.ofInstallation()]);
    if (person.budget.limitMicros !== null) return true;
    if (payer === "person") return false;
    const { budget, guestsBudget } = installation;
    return budget.limitMicros !== null || (isGuest && (guestsBudget?.limitMicros ?? null) !== null);
  };
}
