import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { getActor } from "@/app/_server/actor";

/** Layout and page are drawn side by side and ask once. */
export const actorOfRequest = cache(async () => getActor(await headers()));

/** The signed-in person, or the way to sign in and back to `path`. */
export async function actorOrSignIn(path: string) {
  const actor = await actorOfRequest();
  if (actor) return actor;
  redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}
