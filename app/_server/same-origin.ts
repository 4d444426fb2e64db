import { AppError } from "@/lib/errors/app-error";

/**
 * Refuses what another site's page sends in the name of a signed-in person.
 *
 * Third of three walls around the JSON routes, for everything but GET: the session cookie is
 * `SameSite=Lax`, so other sites' POSTs do not carry it; bodies must be `application/json`, which
 * a foreign form cannot send and a foreign script not without a preflight that we never allow; and
 * this. It also stops what the first two let through: pages on a sibling subdomain or another
 * port of the same host. Clients that are no browser send neither header and pass.
 */
export function requireSameOrigin(headers: Headers, trustedOrigins: readonly string[]): void {
  const origin = headers.get("origin");
  if (origin !== null) {
    if (!trustedOrigins.includes(origin)) throw new AppError("forbidden", `origin not trusted: ${origin}`);
    return;
  }
  const site = headers.get("sec-fetch-site");
  if (site !== null && !sitesOfOurOwn.has(site)) throw new AppError("forbidden", `sent by a ${site} page`);
}

/** `none`: the person typed the address or opened a bookmark. */
const sitesOfOurOwn: ReadonlySet<string> = new Set(["same-origin", "none"]);
