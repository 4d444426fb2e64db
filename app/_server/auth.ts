import { AccountError } from "@/lib/accounts/account-error";
import { type Actor, actorOf } from "@/lib/accounts/actor";
import { AppError } from "@/lib/errors/app-error";
import { httpStatusOf } from "@/lib/errors/chat-error";
import { type AccountOptions, createBetterAuth } from "./better-auth";
import { clientAddress, clientAddressHeader } from "./client-address";
import { readBytes } from "./read-body";

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

    async getSession(headers) {
      // Not refreshed here, where the longer-lived cookie could not be handed out: /get-session does both.
      const query = { disableRefresh: true };
      const found = await betterAuth.api.getSession({ headers, query }).catch((cause) => {
        throw new AppError("unavailable", "the session could not be read", { cause });
      });
      if (!found) return null;
      const { id, name, email, role } = found.user;
      const isGuest = found.user.isAnonymous === true;
      const profile = { name, email: isGuest ? null : email };
      return { id: found.session.id, actor: actorOf({ id, isGuest, role }), profile };
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
