import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { createAuthMiddleware, getSessionFromCtx } from "better-auth/api";
import { betterAuth } from "better-auth/minimal";
import { anonymous } from "better-auth/plugins/anonymous";
import { z } from "zod";
import type { Db } from "@/db/client";
import { account, session, user, verification } from "@/db/schema/accounts";
import { AccountError } from "@/lib/accounts/account-error";
import { roles } from "@/lib/accounts/actor";
import type { MoveGuest } from "@/lib/accounts/guest-move";
import { requireGuestsTaken } from "@/lib/accounts/guests";
import type { Installation } from "@/lib/accounts/installation";
import { requireProfile } from "@/lib/accounts/profile";
import { requireSignUpOpen, type SignUpPolicy } from "@/lib/accounts/sign-up";
import type { Log } from "@/lib/diagnostics/log";
import { authLogger } from "./auth-log";
import { authRateLimits, createRateLimitStore } from "./auth-rate-limits";
import { clientAddressHeader } from "./client-address";

export interface AccountOptions {
  db: Db;
  installation: Installation;
  moveGuest: MoveGuest;
  /** Stops what is being written for the person and removes all that is theirs. */
  eraseAccount: (userId: string) => Promise<void>;
  log: Log;
  secret: string;
  /** Where people reach the app; https makes the cookies `secure`. */
  appUrl: string;
  trustedOrigins: readonly string[];
  signUp: SignUpPolicy;
  /** Whether new guests are taken. Those who are here stay, and may still become accounts. */
  guests: boolean;
  rateLimits: boolean;
}

/** The library as we set it up. Only `createAuth` calls it: requests need their true address first. */
export function createBetterAuth({
  db,
  installation,
  moveGuest,
  eraseAccount,
  log,
  ...options
}: AccountOptions) {
  return betterAuth({
    appName: "Parley",
    baseURL: new URL(options.appUrl).origin,
    trustedOrigins: [...options.trustedOrigins],
    secret: options.secret,
    // One transaction makes user, credential and session: half an account could neither sign up nor in.
    database: drizzleAdapter(db, {
      provider: "pg",
      schema: { user, session, account, verification },
      transaction: true,
    }),
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128 },
    user: {
      additionalFields: {
        role: { type: [...roles], input: false, defaultValue: "member" },
        finishAnswers: { type: "boolean", defaultValue: true },
      },
      // What Better Auth removes afterwards is gone already then: here it goes at once or not at all.
      deleteUser: { enabled: true, beforeDelete: ({ id }) => eraseAccount(id) },
    },
    // Sensitive requests ask for the password, however old the session is; a guest has none.
    session: { expiresIn: 30 * day, updateAge: day, freshAge: 0 },
    advanced: {
      cookiePrefix: "parley",
      useSecureCookies: new URL(options.appUrl).protocol === "https:",
      defaultCookieAttributes: { sameSite: "lax" },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      disableCSRFCheck: false,
      disableOriginCheck: false,
    },
    rateLimit: {
      enabled: options.rateLimits,
      window: 60,
      max: 200,
      customRules: authRateLimits,
      customStorage: createRateLimitStore(),
    },
    logger: authLogger(log),
    telemetry: { enabled: false },
    // Otherwise it prints them, with the parameters of the failed query.
    onAPIError: { throw: true },
    hooks: {
      before: createAuthMiddleware(async (context) => {
        switch (context.path) {
          case "/sign-up/email":
            requireProfile(context.body);
            requireSignUpOpen(
              options.signUp,
              options.signUp === "closed" && (await installation.isClaimed()),
            );
            return findCaller(context);
          case "/sign-in/email":
            return findCaller(context);
          case "/sign-in/anonymous":
            requireGuestsTaken(options.guests);
            return findCaller(context);
          case "/update-user":
            return requireProfile(context.body);
          case "/delete-user":
            return requirePassword(context);
        }
      }),
    },
    databaseHooks: {
      user: {
        create: {
          after: async (created, context) => {
            if (created.isAnonymous || (await installation.claim(created.id))) return;
            if (options.signUp === "open") return;
            // Two were first at the same moment, and the other one was faster.
            await context?.context.internalAdapter.deleteUser(created.id);
            throw new AccountError("SIGN_UP_CLOSED");
          },
        },
      },
      session: {
        create: {
          // Once more at every sign-in: the server may have died between the first account and its claim.
          after: async ({ userId }) => {
            await installation.claim(userId);
          },
        },
      },
    },
    plugins: [
      anonymous({
        generateName: () => "Guest",
        // `moveGuest` ends the guest together with the move: between the two, another tab may start a chat.
        disableDeleteAnonymousUser: true,
        onLinkAccount: async ({ anonymousUser, newUser }) => {
          // No APIError: with that, the answer would carry the new session's cookie and lose the guest's.
          await moveGuest(anonymousUser.user.id, newUser.user.id).catch((error) => {
            log.error({ userId: newUser.user.id, error }, "a guest could not be moved");
            throw new AccountError("GUEST_NOT_MOVED", { cause: error });
          });
        },
      }),
    ],
  });
}

const day = 24 * 60 * 60;

/**
 * Looks up the caller's session before the sign-in, for the guest plugin that asks for it afterwards. Its
 * own look-up takes a failing database for "no guest", and their chats would stay behind, out of everybody's
 * reach; and it answers a cookie whose session is gone by deleting the cookie that has just been set.
 */
async function findCaller(context: HookContext) {
  const { authCookies, secret, internalAdapter } = context.context;
  const token = await context.getSignedCookie(authCookies.sessionToken.name, secret);
  if (!token) return;
  const found = await internalAdapter.findSession(token);
  if (!found || found.session.expiresAt <= new Date())
    return { context: { headers: new Headers({ cookie: "" }) } };
  context.context.session = found;
}

/** Better Auth itself deletes an account for its session alone. A guest has nothing else. */
async function requirePassword(context: HookContext): Promise<void> {
  const found = await getSessionFromCtx(context);
  if (!found || found.user.isAnonymous === true) return;
  const { password } = passwordSchema.parse(context.body);
  if (password === null) throw new AccountError("PASSWORD_REQUIRED");
}

const passwordSchema = z
  .looseObject({ password: z.string().min(1).nullable().catch(null) })
  .catch({ password: null });

type HookContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];
