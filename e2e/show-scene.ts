import type { Page } from "@playwright/test";
import { lend, nobody, signInAsGuest, signUp } from "./person";
import type { Scene } from "./scenes";

/** Lets somebody new look at the scene. */
export async function showScene({ as, show }: Scene, page: Page, origin: string): Promise<void> {
  const person = await { nobody, guest: signInAsGuest, account: signUp }[as](origin);
  if (as !== "nobody") await lend(person, page.context());
  await show(page, person);
}
