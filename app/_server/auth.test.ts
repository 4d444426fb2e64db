import { count } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Db } from "@/db/client";
import { session, user } from "@/db/schema/accounts";
import { createBrowser, createTestAuth, home, openDatabase, password } from "./auth-testing";

let database: Awaited<ReturnType<typeof openDatabase>>;
let db: Db;

beforeAll(async () => {
  database = await openDatabase();
  db = database.db;
});
beforeEach(() => database.empty());
afterAll(() => database.close());

test("the first account is the administrator, the second is not", async () => {
  const { auth } = createTestAuth(db);
  const [first, second] = [createBrowser(auth), createBrowser(auth)];
  expect((await first.signUp("first@example.org")).status).toBe(200);
  expect((await second.signUp("second@example.org")).status).toBe(200);
  expect(await first.actor()).toMatchObject({ isAdministrator: true, isGuest: false });
  expect(await second.actor()).toMatchObject({ isAdministrator: false, isGuest: false });
});

test("of accounts made at the same moment exactly one is the administrator", async () => {
  const { auth } = createTestAuth(db);
  const browsers = Array.from({ length: 4 }, () => createBrowser(auth));
  await Promise.all(browsers.map((browser, index) => browser.signUp(`person-${index}@example.org`)));
  const actors = await Promise.all(browsers.map((browser) => browser.actor()));
  expect(actors.map((actor) => actor?.isAdministrator).sort()).toEqual([false, false, false, true]);
});

test("a guest is never the administrator, not even the first to come", async () => {
  const { auth } = createTestAuth(db);
  const [guest, owner] = [createBrowser(auth), createBrowser(auth)];
  await guest.enterAsGuest();
  await owner.signUp("owner@example.org");
  expect(await guest.actor()).toMatchObject({ isGuest: true, isAdministrator: false });
  expect(await owner.actor()).toMatchObject({ isGuest: false, isAdministrator: true });
});

test("a closed installation takes its first account and then no other", async () => {
  const { auth } = createTestAuth(db, { signUp: "closed" });
  const [owner, stranger] = [createBrowser(auth), createBrowser(auth)];
  expect((await owner.signUp("owner@example.org")).status).toBe(200);
  expect(await owner.actor()).toMatchObject({ isAdministrator: true });

  const refused = await stranger.signUp("stranger@example.org");
  expect(refused).toMatchObject({ status: 403, body: { code: "SIGN_UP_CLOSED" }, setCookies: [] });
  expect(await stranger.actor()).toBeNull();
  expect(await people()).toBe(1);

  expect((await createBrowser(auth).signIn("owner@example.org")).status).toBe(200);
});

test("a closed installation takes one account only, also when many try to be the first", async () => {
  const { auth } = createTestAuth(db, { signUp: "closed" });
  const browsers = Array.from({ length: 4 }, () => createBrowser(auth));
  const answers = await Promise.all(
    browsers.map((browser, index) => browser.signUp(`person-${index}@example.org`)),
  );
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 403, 403, 403]);
  expect(await people()).toBe(1);
});

test("where guests are not taken, nobody new comes in as one", async () => {
  const { auth } = createTestAuth(db, { guests: false });
  const browser = createBrowser(auth);
  expect(await browser.enterAsGuest()).toMatchObject({ status: 403, body: { code: "GUESTS_CLOSED" } });
  expect(await people()).toBe(0);
});

test("nobody makes themselves administrator", async () => {
  const { auth } = createTestAuth(db);
  await createBrowser(auth).signUp("owner@example.org");
  const browser = createBrowser(auth);
  await browser.signUp("climber@example.org", { role: "administrator" });
  expect(await browser.actor()).toMatchObject({ isAdministrator: false });
  expect((await browser.post("/update-user", { role: "administrator" })).status).toBe(400);
  expect(await browser.actor()).toMatchObject({ isAdministrator: false });
});

test("a wrong password and an unknown address are refused in the same words", async () => {
  const { auth } = createTestAuth(db);
  await createBrowser(auth).signUp("ada@example.org");
  const wrongPassword = await createBrowser(auth).signIn("ada@example.org", "wrong horse battery");
  const unknownAddress = await createBrowser(auth).signIn("eve@example.org");
  expect(wrongPassword).toMatchObject({ status: 401, setCookies: [] });
  expect(unknownAddress).toMatchObject({ status: 401, text: wrongPassword.text });
});

test("a second sign-up under an address changes nothing for the one who has it", async () => {
  const { auth } = createTestAuth(db);
  await createBrowser(auth).signUp("ada@example.org");
  const thief = createBrowser(auth);
  const answer = await thief.signUp("ADA@example.org", { password: "another password" });
  expect(answer).toMatchObject({ status: 422, setCookies: [] });
  expect((await thief.signIn("ada@example.org", "another password")).status).toBe(401);
  expect((await createBrowser(auth).signIn("ada@example.org")).status).toBe(200);
});

test("a password has 8 to 128 characters", async () => {
  const { auth } = createTestAuth(db);
  const signUp = (length: number) =>
    createBrowser(auth).signUp(`ada-${length}@example.org`, { password: "x".repeat(length) });
  const statuses = await Promise.all([7, 8, 128, 129].map(async (length) => (await signUp(length)).status));
  expect(statuses).toEqual([400, 200, 200, 400]);
});

test("a name that cannot be stored is refused as the client's mistake", async () => {
  const { auth } = createTestAuth(db);
  const browser = createBrowser(auth);
  for (const name of ["a\0b", "x".repeat(201), 7]) {
    const answer = await browser.signUp("ada@example.org", { name });
    expect(answer).toMatchObject({ status: 400, body: { code: "INVALID_PROFILE" } });
  }
  await browser.signUp("ada@example.org");
  expect((await browser.post("/update-user", { name: "a\0b" })).status).toBe(400);
  expect((await browser.post("/update-user", { name: "Ada Lovelace" })).status).toBe(200);
});

test("a sign-up that breaks off leaves nothing behind, so it can be repeated", async () => {
  const { auth } = createTestAuth(db);
  const browser = createBrowser(auth);
  const broken = await database.failing(/insert into "session"/, () => browser.signUp("ada@example.org"));
  expect(broken).toMatchObject({ status: 500, setCookies: [] });
  expect(await people()).toBe(0);
  expect((await browser.signUp("ada@example.org")).status).toBe(200);
  expect(await browser.actor()).toMatchObject({ isAdministrator: true });
});

test("a first account whose claim broke off becomes the administrator when it signs in", async () => {
  const { auth } = createTestAuth(db);
  const owner = createBrowser(auth);
  const broken = await database.failing(/insert into "installation"/, () =>
    owner.signUp("owner@example.org"),
  );
  expect(broken.status).toBe(500);
  expect((await owner.signIn("owner@example.org")).status).toBe(200);
  expect(await owner.actor()).toMatchObject({ isAdministrator: true });
});

test("signing out ends that session for good and no other", async () => {
  const { auth } = createTestAuth(db);
  const [laptop, phone] = [createBrowser(auth), createBrowser(auth)];
  await laptop.signUp("ada@example.org");
  await phone.signIn("ada@example.org");
  const stolen = new Map(laptop.cookies);

  expect((await laptop.post("/sign-out")).status).toBe(200);
  expect(laptop.cookies.size).toBe(0);
  const thief = createBrowser(auth);
  for (const [name, value] of stolen) thief.cookies.set(name, value);
  expect(await thief.actor()).toBeNull();
  expect((await thief.get("/get-session")).body).toBeNull();
  expect(await phone.actor()).not.toBeNull();
});

test.for(["deleted", "expired"])(
  "the cookie of a session that is %s is no obstacle to coming in again",
  async (end) => {
    const { auth } = createTestAuth(db);
    const browser = createBrowser(auth);
    await browser.signUp("ada@example.org");
    for (const enter of [
      () => browser.signIn("ada@example.org"),
      () => browser.signUp("eve@example.org"),
      () => browser.enterAsGuest(),
      () => browser.enterAsGuest(),
    ]) {
      await (end === "deleted" ? db.delete(session) : db.update(session).set({ expiresAt: new Date() }));
      expect((await enter()).status).toBe(200);
      expect(await browser.actor()).not.toBeNull();
    }
  },
);

test("every cookie leads to its own person, and one made up to nobody", async () => {
  const { auth } = createTestAuth(db);
  const [ada, eve] = [createBrowser(auth), createBrowser(auth)];
  const adaId = (await ada.signUp("ada@example.org")).body.user.id;
  const eveId = (await eve.signUp("eve@example.org")).body.user.id;
  expect((await ada.actor())?.userId).toBe(adaId);
  expect((await eve.actor())?.userId).toBe(eveId);

  const [name = "", value = ""] = [...ada.cookies][0] ?? [];
  const [token = ""] = value.split(".");
  const forger = createBrowser(auth);
  for (const forged of [
    token,
    `${token}.${value.split(".")[1]?.replace(/^./, (first) => (first === "x" ? "y" : "x"))}`,
    "",
    "x.y",
  ]) {
    forger.cookies.set(name, forged);
    expect(await forger.actor(), forged).toBeNull();
  }
  expect(await createBrowser(auth).actor()).toBeNull();
});

test("a session ends 30 days after it was last renewed", async () => {
  const { auth } = createTestAuth(db);
  const browser = createBrowser(auth);
  await browser.signUp("ada@example.org");
  await db.update(session).set({ expiresAt: new Date(Date.now() - 1000) });
  expect(await browser.actor()).toBeNull();
});

test("a session in use is renewed once a day, cookie and row together", async () => {
  const { auth } = createTestAuth(db);
  const browser = createBrowser(auth);
  await browser.signUp("ada@example.org");
  expect((await browser.get("/get-session")).setCookies).toEqual([]);

  const inTwentyDays = new Date(Date.now() + 20 * dayMs);
  await db.update(session).set({ expiresAt: inTwentyDays });
  await browser.actor();
  expect(
    await expiry(),
    "reading who asks leaves the row to the request that can hand out the cookie",
  ).toEqual(inTwentyDays);
  const [renewed = ""] = (await browser.get("/get-session")).setCookies;
  expect(renewed).toContain(`Max-Age=${30 * 24 * 60 * 60}`);
  expect((await expiry())?.getTime()).toBeGreaterThan(Date.now() + 29 * dayMs);
});

test("the cookie is out of reach of scripts and other sites, and goes over https only where the app does", async () => {
  const cookieAt = async (appUrl: string, email: string) => {
    const { auth } = createTestAuth(db, { appUrl });
    return (await createBrowser(auth).signUp(email)).setCookies.join();
  };
  const plain = await cookieAt("http://localhost:3000", "ada@example.org");
  expect(plain).toMatch(/^parley\.session_token=/);
  expect(plain).toContain("HttpOnly");
  expect(plain).toContain("SameSite=Lax");
  expect(plain).not.toContain("Secure");
  const secure = await cookieAt("https://chat.example.org", "eve@example.org");
  expect(secure).toMatch(/^__Secure-parley\.session_token=/);
  expect(secure).toContain("; Secure");
  expect(secure).toContain("HttpOnly");
});

test("a page of another origin can neither sign anybody in nor act for them", async () => {
  const { auth } = createTestAuth(db, { appUrl: "https://chat.example.org" });
  await createBrowser(auth).signUp("ada@example.org");
  const from = (origin: string) => createBrowser(auth, { origin }).signIn("ada@example.org");
  expect((await from("https://evil.example")).status).toBe(403);
  expect((await from("http://localhost:4000")).status).toBe(403);
  expect((await from("https://chat.example.org")).status).toBe(200);
  expect((await from("http://localhost:3000")).status).toBe(200);

  const ada = createBrowser(auth);
  await ada.signIn("ada@example.org");
  const page = createBrowser(auth, { origin: "https://evil.example" });
  for (const [name, value] of ada.cookies) page.cookies.set(name, value);
  expect((await page.post("/sign-out")).status).toBe(403);
  expect(await ada.actor()).not.toBeNull();
});

test("a database that is down signs nobody out and says nothing of itself", async () => {
  const { auth, log } = createTestAuth(db);
  const browser = createBrowser(auth);
  await browser.signUp("ada@example.org");
  const token = [...browser.cookies.values()].join().split(".")[0] ?? "no token";
  await database.failing(/"session"|"user"/, async () => {
    await expect(browser.actor()).rejects.toMatchObject({ type: "unavailable" });
    const answer = await browser.signIn("ada@example.org");
    expect(answer).toMatchObject({ status: 500, body: { code: "INTERNAL_SERVER_ERROR" } });
    expect(answer.text).not.toMatch(/select|query/);
  });
  expect(await browser.actor()).not.toBeNull();
  expect(log.length).toBeGreaterThan(0);
  for (const secret of ["ada@", password, token]) expect(log.join("\n")).not.toContain(secret);
});

test("a request that is wrapped in a proxy, as Next hands it in, is answered", async () => {
  const { auth } = createTestAuth(db);
  const body = JSON.stringify({ name: "Ada", email: "ada@example.org", password });
  const headers = { "content-type": "application/json" };
  const request = new Request(`${home}/api/auth/sign-up/email`, { method: "POST", headers, body });
  const wrapped = new Proxy(request, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  expect((await auth.handle(wrapped)).status).toBe(200);
});

const dayMs = 24 * 60 * 60 * 1000;

async function people(): Promise<number> {
  const [row] = await db.select({ people: count() }).from(user);
  return row?.people ?? 0;
}

async function expiry(): Promise<Date | undefined> {
  const [row] = await db.select().from(session);
  return row?.expiresAt;
}
