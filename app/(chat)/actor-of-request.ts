import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { getActor } from "@/app/_server/actor";
import { services } from "@/app/_server/services";

/**
 * Layout and page are drawn side by side and ask once. `seenSeq` is the number of the person's last event before
 * anything of the page is read: of what comes after it the page has to be told.
 */
export const visitOfRequest = cache(async () => {
  const actor = await getActor(await headers());
  return actor && { actor, seenSeq: await services().events.lastSeq(actor.userId) };
});

export async function actorOfRequest() {
  return (await visitOfRequest())?.actor ?? null;
}

/** The signed-in person, or the way to sign in and back to `path`. */
export async function actorOrSignIn(path: string) {
  const actor = await actorOfRequest();
  if (actor) return actor;
  redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}
