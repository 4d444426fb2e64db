import { PGlite } from "@electric-sql/pglite";
import { DrizzleQueryError, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { createAccountStore } from "@/db/account-store";
import type { Db } from "@/db/client";
import { createGuestMove, type MoveRows } from "@/db/guest-move";
import { createInstallation } from "@/db/installation";
import { createPinoLog } from "@/lib/adapters/pino-log";
import { type Auth, type AuthOptions, createAuth } from "./auth";
import { trustedOrigins } from "./trusted-origins";

/** A database in memory whose statements can be made to fail. */
export async function openDatabase() {
  const client = new PGlite();
  let failing: RegExp | null = null;
  const db = drizzle(client, {
    logger: {
      logQuery(query, params) {
        if (failing?.test(query)) throw new DrizzleQueryError(query, params);
      },
    },
  });
  await migrate(db, { migrationsFolder: "db/migrations" });

  return {
    db: db satisfies Db,
    empty: () => db.execute(sql`truncate "user", installation cascade`),
    async failing<T>(pattern: RegExp, act: () => Promise<T>): Promise<T> {
      failing = pattern;
      try {
        return await act();
      } finally {
        failing = null;
      }
    },
    close: () => client.close(),
  };
}

export const home = "http://localhost:3000";

/** The accounts of one installation, with everything open and no limits unless told otherwise. */
export function createTestAuth(
  db: Db,
  { moveRows = moveNothing, ...options }: Partial<AuthOptions> & { moveRows?: MoveRows } = {},
) {
  const appUrl = options.appUrl ?? home;
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const auth = createAuth({
    db,
    installation: createInstallation(db),
    moveGuest: createGuestMove(db, moveRows),
    eraseAccount: createAccountStore(db).erase,
    log: createPinoLog({ level: "debug", context: () => ({}), destination }),
    secret: "a secret of at least thirty-two characters, for tests",
    appUrl,
    trustedOrigins: trustedOrigins({ appUrl, host: "localhost", port: 3000 }),
    trustProxyHops: 0,
    signUp: "open",
    guests: true,
    rateLimits: false,
    ...options,
  });
  return { auth, log: lines };
}

const moveNothing: MoveRows = async () => {};

/** Keeps its cookies, as a browser does, and sends what the server's entry and the browser add to a request. */
export function createBrowser(auth: Auth, sent: Record<string, string> = {}) {
  const cookies = new Map<string, string>();

  function headers(): Headers {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return new Headers(cookie === "" ? {} : { cookie });
  }

  async function request(method: string, path: string, body?: unknown) {
    const all = headers();
    const added = {
      origin: home,
      "content-type": "application/json",
      "x-parley-client-address": "203.0.113.7",
      ...sent,
    };
    for (const [name, value] of Object.entries(added)) all.set(name, value);
    const init = { method, headers: all, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await auth.handle(new Request(`${home}/api/auth${path}`, init));
    const setCookies = response.headers.getSetCookie();
    for (const setCookie of setCookies) keep(setCookie);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      setCookies,
      text,
      body: text === "" ? null : JSON.parse(text),
    };
  }

  function keep(setCookie: string): void {
    const [pair = "", ...attributes] = setCookie.split("; ");
    const [name = "", value = ""] = pair.split(/=(.*)/);
    if (attributes.includes("Max-Age=0")) cookies.delete(name);
    else cookies.set(name, value);
  }

  return {
    cookies,
    get: (path: string) => request("GET", path),
    post: (path: string, body: unknown = {}) => request("POST", path, body),
    signUp: (email: string, more: object = {}) =>
      request("POST", "/sign-up/email", { name: "Ada", email, password, ...more }),
    signIn: (email: string, tried = password) =>
      request("POST", "/sign-in/email", { email, password: tried }),
    enterAsGuest: () => request("POST", "/sign-in/anonymous", {}),
    actor: async () => (await auth.getSession(headers()))?.actor ?? null,
  };
}

export type Browser = ReturnType<typeof createBrowser>;

export const password = "correct horse battery";
