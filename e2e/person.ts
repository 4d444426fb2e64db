import { randomUUID } from "node:crypto";
import type { BrowserContext } from "@playwright/test";
import type { z } from "zod";
import type { Operation } from "@/lib/api/operation";
import { createId } from "@/lib/chats/id";

/** Somebody who talks to the API, with their session or without one. */
export interface Person {
  origin: string;
  cookie: string;
  /** Any request, with the session and from the origin of our own page. */
  request(method: string, path: string, options?: RequestOptions): Promise<Response>;
  /** An operation of the contract; its answer is parsed by the contract. Throws for every status but 200. */
  call<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>(
    operation: Operation<Params, Query, Body, Answer>,
    input?: CallInput,
  ): Promise<z.output<Answer>>;
}

export interface RequestOptions {
  /** A string goes out as it is, everything else as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  redirect?: "manual";
}

interface CallInput {
  params?: Record<string, string>;
  query?: Record<string, string | number | boolean>;
  body?: unknown;
}

export interface Account extends Person {
  email: string;
  password: string;
}

export function nobody(origin: string): Person {
  return createPerson(origin, "");
}

export async function signInAsGuest(origin: string): Promise<Person> {
  return createPerson(origin, await enter(origin, "sign-in/anonymous", {}));
}

export async function signUp(
  origin: string,
  email = `ada-${randomUUID().slice(0, 8)}@example.org`,
): Promise<Account> {
  const password = `secret-${createId()}`;
  const cookie = await enter(origin, "sign-up/email", { email, password, name: "Ada" });
  return { ...createPerson(origin, cookie), email, password };
}

/** Somebody who has an account, in a further session. */
export async function signInAgain({ origin, email, password }: Account): Promise<Account> {
  const cookie = await enter(origin, "sign-in/email", { email, password });
  return { ...createPerson(origin, cookie), email, password };
}

/** The same person with the same session, at another server of a cluster. */
export function personAt({ url }: { url: string }, { cookie }: Person): Person {
  return createPerson(url, cookie);
}

/** From then on this person's answers end as interrupted when their server dies. */
export async function leaveUnfinished(person: Person): Promise<void> {
  const response = await person.request("POST", "/api/auth/update-user", { body: { finishAnswers: false } });
  if (!response.ok) throw new Error(`update-user: ${response.status} ${await response.text()}`);
}

/** Gives a browser the person's session, for what is not about signing in. */
export async function lend({ origin, cookie }: Person, context: BrowserContext): Promise<void> {
  const [name = "", value = ""] = cookie.split(/=(.*)/);
  await context.addCookies([{ name, value, url: origin }]);
}

function createPerson(origin: string, cookie: string): Person {
  function request(method: string, path: string, { body, headers, signal, redirect }: RequestOptions = {}) {
    return fetch(`${origin}${path}`, {
      method,
      signal,
      redirect,
      headers: {
        Origin: origin,
        ...(cookie !== "" && { Cookie: cookie }),
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...headers,
      },
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
    });
  }

  return {
    origin,
    cookie,
    request,
    async call({ method, path, answer }, { params = {}, query = {}, body } = {}) {
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "");
      const search = new URLSearchParams(
        Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
      );
      const response = await request(method, `${filled}?${search}`, { body });
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${method} ${filled}: ${response.status} ${text}`);
      return answer.parse(JSON.parse(text));
    },
  };
}

async function enter(origin: string, path: string, body: object): Promise<string> {
  const response = await fetch(`${origin}/api/auth/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: origin },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
