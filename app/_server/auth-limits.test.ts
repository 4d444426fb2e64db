import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createBrowser, createTestAuth, openDatabase } from "./auth-testing";

let database: Awaited<ReturnType<typeof openDatabase>>;

beforeAll(async () => {
  database = await openDatabase();
});
beforeEach(() => database.empty());
afterAll(() => database.close());

/** Refused for its form before a password is hashed, and counted all the same. */
async function tryToSignIn(
  auth: Parameters<typeof createBrowser>[0],
  sent: Record<string, string>,
): Promise<number> {
  return (await createBrowser(auth, sent).post("/sign-in/email", {})).status;
}

test("whoever tries too many passwords is stopped, and told for how long", async () => {
  const { auth } = createTestAuth(database.db, { rateLimits: true });
  await createBrowser(auth).signUp("ada@example.org");
  const sent = { "x-parley-client-address": "203.0.113.7" };
  for (let tries = 0; tries < 20; tries++) expect(await tryToSignIn(auth, sent)).toBe(400);
  const refused = await createBrowser(auth, sent).signIn("ada@example.org");
  expect(refused).toMatchObject({ status: 429, setCookies: [] });
  expect(Number(refused.headers.get("x-retry-after"))).toBeGreaterThan(0);
});

test("the address of the socket is what counts, not one that the client claims", async () => {
  const { auth } = createTestAuth(database.db, { rateLimits: true });
  const guess = (socket: string, index: number) =>
    tryToSignIn(auth, { "x-parley-client-address": socket, "x-forwarded-for": `198.51.100.${index}` });
  for (let tries = 0; tries < 20; tries++) await guess("203.0.113.7", tries);
  expect(await guess("203.0.113.7", 99)).toBe(429);
  expect(await guess("::ffff:203.0.113.7", 99)).toBe(429);
  expect(await guess("203.0.113.8", 99)).toBe(400);
});

test("behind a proxy its clients are counted apart, whatever they claim in front of it", async () => {
  const { auth } = createTestAuth(database.db, { rateLimits: true, trustProxyHops: 1 });
  const guess = (client: string, index: number) =>
    tryToSignIn(auth, {
      "x-parley-client-address": "10.0.0.2",
      "x-forwarded-for": `198.51.100.${index}, ${client}`,
    });
  for (let tries = 0; tries < 20; tries++) await guess("203.0.113.7", tries);
  expect(await guess("203.0.113.7", 99)).toBe(429);
  expect(await guess("203.0.113.8", 99)).toBe(400);
});

test("a machine with a network of IPv6 addresses is one client", async () => {
  const { auth } = createTestAuth(database.db, { rateLimits: true });
  const guess = (socket: string) => tryToSignIn(auth, { "x-parley-client-address": socket });
  for (let tries = 0; tries < 20; tries++) await guess(`2001:db8:1:2::${tries}`);
  expect(await guess("2001:db8:1:2:ffff::1")).toBe(429);
  expect(await guess("2001:db8:1:3::1")).toBe(400);
});

test("accounts and guests are made at a limited rate", async () => {
  const { auth } = createTestAuth(database.db, { rateLimits: true });
  for (let tries = 0; tries < 30; tries++) {
    await createBrowser(auth).post("/sign-up/email", {});
    await createBrowser(auth).enterAsGuest();
  }
  expect((await createBrowser(auth).signUp("ada@example.org")).status).toBe(429);
  expect((await createBrowser(auth).enterAsGuest()).status).toBe(429);
});

test("asking who one is is not limited", async () => {
  const { auth } = createTestAuth(database.db, { rateLimits: true });
  const browser = createBrowser(auth);
  const statuses = new Set<number>();
  for (let tries = 0; tries < 250; tries++) statuses.add((await browser.get("/get-session")).status);
  expect([...statuses]).toEqual([200]);
});

test("one installation's counts are not another's", async () => {
  const busy = createTestAuth(database.db, { rateLimits: true }).auth;
  const sent = { "x-parley-client-address": "203.0.113.7" };
  for (let tries = 0; tries < 21; tries++) await tryToSignIn(busy, sent);
  expect(await tryToSignIn(busy, sent)).toBe(429);
  expect(await tryToSignIn(createTestAuth(database.db, { rateLimits: true }).auth, sent)).toBe(400);
});

test("with the limits off nobody is stopped", async () => {
  const { auth } = createTestAuth(database.db, { rateLimits: false });
  const sent = { "x-parley-client-address": "203.0.113.7" };
  const statuses = new Set<number>();
  for (let tries = 0; tries < 250; tries++) statuses.add(await tryToSignIn(auth, sent));
  expect([...statuses]).toEqual([400]);
});
