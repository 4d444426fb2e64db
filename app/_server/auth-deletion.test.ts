import { count } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Db } from "@/db/client";
import { account, session, user } from "@/db/schema/accounts";
import { createBrowser, createTestAuth, openDatabase, password } from "./auth-testing";

let database: Awaited<ReturnType<typeof openDatabase>>;
let db: Db;

beforeAll(async () => {
  database = await openDatabase();
  db = database.db;
});
beforeEach(() => database.empty());
afterAll(() => database.close());

test("an account goes with its password only, and is signed out everywhere", async () => {
  const { auth } = createTestAuth(db);
  const [laptop, phone] = [createBrowser(auth), createBrowser(auth)];
  await laptop.signUp("ada@example.org");
  await phone.signIn("ada@example.org");
  for (const body of [{}, { password: "" }, { password: null }, { password: 7 }]) {
    expect(await laptop.post("/delete-user", body)).toMatchObject({
      status: 400,
      body: { code: "PASSWORD_REQUIRED" },
    });
  }
  expect(await laptop.post("/delete-user", { password: "wrong horse battery" })).toMatchObject({
    status: 400,
    body: { code: "INVALID_PASSWORD" },
  });
  expect(await laptop.actor()).not.toBeNull();

  expect((await laptop.post("/delete-user", { password })).status).toBe(200);
  expect(laptop.cookies.size).toBe(0);
  expect(await phone.actor()).toBeNull();
  expect(await rowCounts()).toEqual([0, 0, 0]);
  expect((await createBrowser(auth).signIn("ada@example.org")).status).toBe(401);
});

test("a guest goes without a password, also long after coming", async () => {
  const { auth } = createTestAuth(db);
  const guest = createBrowser(auth);
  await guest.enterAsGuest();
  await db.update(session).set({ createdAt: new Date(Date.now() - 48 * 60 * 60 * 1000) });
  expect((await guest.post("/delete-user")).status).toBe(200);
  expect(await rowCounts()).toEqual([0, 0, 0]);
});

test("an account that could not be erased is all there, and so is its session", async () => {
  const { auth, log } = createTestAuth(db);
  const browser = createBrowser(auth);
  await browser.signUp("ada@example.org");
  const answer = await database.failing(/delete from "user"/, () =>
    browser.post("/delete-user", { password }),
  );
  expect(answer).toMatchObject({ status: 500, setCookies: [] });
  expect(await browser.actor()).not.toBeNull();
  expect(await rowCounts()).toEqual([1, 1, 1]);
  expect(log.join("\n")).not.toContain(password);
});

test("nobody deletes another's account, nor one without a session", async () => {
  const { auth } = createTestAuth(db);
  const [ada, eve] = [createBrowser(auth), createBrowser(auth)];
  await ada.signUp("ada@example.org");
  await eve.signUp("eve@example.org", { password: "another password" });
  expect((await createBrowser(auth).post("/delete-user", { password })).status).toBe(401);
  expect((await eve.post("/delete-user", { password })).status).toBe(400);
  expect((await eve.post("/delete-user", { password: "another password" })).status).toBe(200);
  expect(await ada.actor()).not.toBeNull();
});

test("passwords cannot be guessed by deleting or by changing them", async () => {
  const { auth } = createTestAuth(db, { rateLimits: true });
  const browser = createBrowser(auth);
  await browser.signUp("ada@example.org");
  for (const [path, body] of [
    ["/delete-user", { password: "wrong horse battery" }],
    ["/change-password", { currentPassword: "wrong horse battery", newPassword: "another password" }],
  ] as const) {
    const statuses = [];
    for (let attempt = 0; attempt < 21; attempt++) statuses.push((await browser.post(path, body)).status);
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 400), 429]);
  }
});

test("a changed password signs other devices out where that is wanted, and this one stays", async () => {
  const { auth } = createTestAuth(db);
  const [laptop, phone] = [createBrowser(auth), createBrowser(auth)];
  await laptop.signUp("ada@example.org");
  await phone.signIn("ada@example.org");
  const change = { currentPassword: password, newPassword: "another password" };
  expect((await laptop.post("/change-password", change)).status).toBe(200);
  expect(await phone.actor()).not.toBeNull();

  const back = { currentPassword: "another password", newPassword: password, revokeOtherSessions: true };
  expect((await laptop.post("/change-password", back)).status).toBe(200);
  expect(await phone.actor()).toBeNull();
  expect(await laptop.actor()).not.toBeNull();
});

async function rowCounts(): Promise<number[]> {
  const tables = [user, session, account];
  return Promise.all(
    tables.map(async (table) => {
      const [found] = await db.select({ count: count() }).from(table);
      return found?.count ?? 0;
    }),
  );
}
