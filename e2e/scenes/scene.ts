import type { Page } from "@playwright/test";
import type { Person } from "@/e2e/person";

/** A view of the app in one of its states, as somebody sees it. */
export interface Scene {
  name: string;
  /** Who looks: signed out, a guest, or somebody with an account. */
  as: "nobody" | "guest" | "account";
  /** Something in it is on its way, and never comes. */
  isLoading?: true;
  /** Makes what is to be seen, and goes there. */
  show(page: Page, person: Person): Promise<void>;
}

/** What a person might have talked about. */
export const titles = [
  "A week of dinners for two",
  "How heat pumps work",
  "Reminder for an unpaid invoice",
  "Renting or buying",
  "Why is the sea salty",
  "Names for a grey cat",
  "Night train to Vienna",
  "Sourdough that does not rise",
  "A poem about fog",
] as const;
