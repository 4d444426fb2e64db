import type { Actor } from "@/lib/accounts/actor";
import { AppError } from "@/lib/errors/app-error";
import type { Profile, Session } from "./auth";
import { services } from "./services";

/** Throws `unavailable` when the sessions cannot be read: a database that is down signs nobody out. */
export async function getActor(headers: Headers): Promise<Actor | null> {
  return (await services().auth.getSession(headers))?.actor ?? null;
}

export async function getProfile(headers: Headers): Promise<Profile> {
  return (await services().auth.getSession(headers))?.profile ?? { name: null, email: null };
}

/** Throws `unauthenticated` when nobody is signed in. */
export async function requireSession(headers: Headers): Promise<Session> {
  const session = await services().auth.getSession(headers);
  if (!session) throw new AppError("unauthenticated", "no session");
  return session;
}
