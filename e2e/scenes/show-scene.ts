import { expect, type Page } from "@playwright/test";
import { lend, nobody, signInAsGuest, signUp } from "@/e2e/person";
import type { Scene } from "./scene";

/** Lets somebody new look at the scene. */
export async function showScene(
  { as, isLoading, show }: Scene,
  page: Page,
  origin: string,
  email?: string,
): Promise<void> {
  const account = () => signUp(origin, email);
  const person = await { nobody, guest: signInAsGuest, account }[as](origin);
  if (as !== "nobody") await lend(person, page.context());
  await show(page, person);
  if (!isLoading) await expect(page.getByText("Loading…")).toHaveCount(0);
}
