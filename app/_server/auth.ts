import { createSessionReader } from "@/db/session-reader";
import { AccountError } from "@/lib/accounts/account-error";
import { type Actor, actorOf } from "@/lib/accounts/actor";
import { AppError } from "@/lib/errors/app-error";
import { httpStatusOf } from "@/lib/errors/chat-error";
import { type AccountOptions, createBetterAuth } from "./better-auth";
import { clientAddress, clientAddressHeader } from "./client-address";
import { readBytes } from "./read-body";
import { readSessionToken } from "./session-cookie";

export interface AuthOptions extends AccountOptions {
  trustProxyHops: number;
}

// The longest form, with a name, an address and a password, has a few hundred.
const bodyBytesMax = 64 * 1024;

/** How the person is called on their own pages. A guest's address is made up. */
export interface Profile {
  name: string | null;
  email: string | null;
}

export interface Session {
  id: string;
  actor: Actor;
  profile: Profile;
}

export interface Auth {
  /** Answers a request to /api/auth/*. Throws only `too_large`. */
  handle(request: Request): Promise<Response>;

  /** Who sent these headers. Throws `unavailable` when the sessions cannot be read. */
  getSession(headers: Headers): Promise<Session | null>;
}

export function createAuth({ trustProxyHops, ...options }: AuthOptions): Auth {
  const betterAuth = createBetterAuth(options);
  const readSession = createSessionReader(options.db);

  return {
    async handle(request) {
      const addressed = await withTrueAddress(request, trustProxyHops);
      try {
        return await betterAuth.handler(addressed);
      } catch (error) {
        if (error instanceof AccountError) {
          const { code, message } = error;
          return Response.json({ code, message }, { status: httpStatusOf(error.type) });
        }
        const path = new URL(request.url).pathname;
        options.log.error({ path, error }, "a request about accounts failed");
        const answer = { code: "INTERNAL_SERVER_ERROR", message: "Something went wrong on our side." };
        return Response.json(answer, { status: 500 });
      }
    },

    // Better Auth's own look-up takes two statements and a millisecond, and this one comes before every answer.
    // It does not refresh, as the longer-lived cookie could not be handed out here: /get-session does both.
    async getSession(headers) {
      const { authCookies, secret } = await betterAuth.$context;
      const token = readSessionToken(headers, { name: authCookies.sessionToken.name, secret });
      if (token === null) return null;
      const found = await readSession(token).catch((cause) => {
        throw new AppError("unavailable", "the session could not be read", { cause });
      });
      if (!found) return null;
      const { name, email, isGuest } = found.user;
      return { id: found.id, actor: actorOf(found.user), profile: { name, email: isGuest ? null : email } };
    },
  };
}

/** Built from its parts, because the request that Next hands in is a proxy, which `Request` does not take. */
async function withTrueAddress(request: Request, trustProxyHops: number): Promise<Request> {
  const headers = new Headers(request.headers);
  headers.delete(clientAddressHeader);
  const address = clientAddress(request.headers, trustProxyHops);
  if (address !== null) headers.set(clientAddressHeader, address);
  const { url, method, signal } = request;
  const body = method === "POST" ? await readBytes(request, bodyBytesMax) : null;
  return new Request(url, { method, headers, body, signal });
}
