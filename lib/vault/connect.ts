import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Actor } from "@/lib/accounts/actor";
import { type ConnectOutcome, type KeyScope, keyScopeSchema } from "@/lib/api/keys";
import type { Log } from "@/lib/diagnostics/log";
import { AppError, isAppError } from "@/lib/errors/app-error";
import type { Sealer } from "./sealer";
import type { Vault } from "./vault";

/** As long as the provider's code is good. */
export const connectMsMax = 10 * 60_000;
const exchangeMsMax = 20_000;

/** The provider's side. */
export interface ConnectProvider {
  pageFor(callbackUrl: string, challenge: string): string;
  /** Throws `provider_refused` for a code that is not good. */
  exchange(code: string, verifier: string, signal: AbortSignal): Promise<string>;
}

/** What is remembered in the person's browser, sealed, while they are at the provider. */
const ticketSchema = z.object({
  state: z.string(),
  verifier: z.string(),
  userId: z.string(),
  sessionId: z.string(),
  scope: keyScopeSchema,
  /** A path of ours. */
  back: z.string().nullable(),
  expiresAt: z.number(),
});

export interface Visitor {
  actor: Actor;
  sessionId: string;
}

/**
 * A key for a person's account at the provider, by OAuth with PKCE. The state is random, good once in the browser and the
 * session that it was made for; a code that somebody else brings, or brings again, gives them nothing.
 */
export function createConnect({
  provider,
  vault,
  sealer,
  log,
  now = Date.now,
}: {
  provider: ConnectProvider;
  vault: Pick<Vault, "accept">;
  sealer: Sealer;
  log: Log;
  now?: () => number;
}) {
  return {
    /** Throws `forbidden` when the scope is not the person's. The ticket goes into a cookie. */
    begin(
      { actor, sessionId }: Visitor,
      {
        scope,
        back,
        callbackOf,
      }: { scope: KeyScope; back: string | null; callbackOf: (state: string) => string },
    ): { url: string; ticket: string } {
      if (scope === "installation" && !actor.isAdministrator)
        throw new AppError("forbidden", "only the administrator connects the installation");
      const [state, verifier] = [randomText(), randomText()];
      const { userId } = actor;
      const expiresAt = now() + connectMsMax;
      const ticket = { state, verifier, userId, sessionId, scope, back, expiresAt };
      const { masterKeyId, sealed } = sealer.seal(JSON.stringify(ticket), ticketContext);
      const challenge = createHash("sha256").update(verifier).digest("base64url");
      return { url: provider.pageFor(callbackOf(state), challenge), ticket: `${masterKeyId}.${sealed}` };
    },

    /** `back` is where the person came from, once they are connected. */
    async finish(
      visitor: Visitor,
      { ticket, state, code }: { ticket: string | null; state: string; code: string | null },
    ): Promise<{ outcome: ConnectOutcome; back: string | null }> {
      const opened = ticket === null ? null : openTicket(ticket);
      if (!opened || opened.expiresAt < now()) return { outcome: "expired", back: null };
      const isTheirs =
        opened.userId === visitor.actor.userId &&
        opened.sessionId === visitor.sessionId &&
        isSame(opened.state, state);
      if (!isTheirs) return { outcome: "mismatch", back: null };
      if (code === null) return { outcome: "denied", back: null };
      try {
        const key = await provider.exchange(code, opened.verifier, AbortSignal.timeout(exchangeMsMax));
        await vault.accept(visitor.actor, opened.scope, "openrouter", key);
        return { outcome: "connected", back: opened.back };
      } catch (error) {
        if (!isAppError(error) || error.provider === null) throw error;
        log.info({ type: error.type }, "a key could not be fetched");
        return { outcome: error.type === "provider_refused" ? "refused" : "unreachable", back: null };
      }
    },
  };

  function openTicket(ticket: string) {
    const dot = ticket.indexOf(".");
    const sealed = { masterKeyId: ticket.slice(0, dot), sealed: ticket.slice(dot + 1) };
    const text = sealer.open(sealed, ticketContext);
    return text === null ? null : ticketSchema.parse(JSON.parse(text));
  }
}

const ticketContext = ["connect openrouter"];

/** 43 characters of base64url, as RFC 7636 wants a verifier to be. */
function randomText(): string {
  return randomBytes(32).toString("base64url");
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash("sha256").update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
