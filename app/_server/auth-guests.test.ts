import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Db } from "@/db/client";
import type { MoveRows } from "@/db/guest-move";
import { moveGuestChats } from "@/db/move-guest-chats";
import { user } from "@/db/schema/accounts";
import { chat } from "@/db/schema/chats";
import { type Browser, createBrowser, createTestAuth, openDatabase } from "./auth-testing";

let database: Awaited<ReturnType<typeof openDatabase>>;
let db: Db;

beforeAll(async () => {
  database = await openDatabase();
  db = database.db;
});
beforeEach(() => database.empty());
afterAll(() => database.close());

test("a guest who signs up takes their chats along", async () => {
  const { auth } = createTestAuth(db, { moveRows: moveGuestChats });
  const browser = createBrowser(auth);
  const guestId = await enterWithChat(browser, "first thoughts");
  const { userId, isGuest } = await actorAfter(browser.signUp("ada@example.org"), browser);
  expect(isGuest).toBe(false);
  expect(await ownerOf("first thoughts")).toBe(userId);
  expect(await exists(guestId)).toBe(false);
});

test("a guest who signs in takes their chats along to what the account already has", async () => {
  const { auth } = createTestAuth(db, { moveRows: moveGuestChats });
  const account = createBrowser(auth);
  const { userId } = await actorAfter(account.signUp("ada@example.org"), account);
  await startChat(userId, "from the laptop");

  const phone = createBrowser(auth);
  const guestId = await enterWithChat(phone, "from the phone");
  expect((await actorAfter(phone.signIn("ada@example.org"), phone)).userId).toBe(userId);
  expect([await ownerOf("from the laptop"), await ownerOf("from the phone")]).toEqual([userId, userId]);
  expect(await exists(guestId)).toBe(false);
});

test("the guest is still there while their things are moved", async () => {
  const seen: boolean[] = [];
  const look: MoveRows = async (tx, guestId) => {
    const rows = await tx.select().from(user).where(eq(user.id, guestId));
    seen.push(rows.length === 1);
  };
  const { auth } = createTestAuth(db, { moveRows: look });
  const browser = createBrowser(auth);
  await browser.enterAsGuest();
  await browser.signUp("ada@example.org");
  const again = createBrowser(auth);
  await again.enterAsGuest();
  await again.signIn("ada@example.org");
  expect(seen).toEqual([true, true]);
});

test("nothing but the move itself ends a guest", async () => {
  const { auth } = createTestAuth(db, { moveGuest: async () => {} });
  const browser = createBrowser(auth);
  const guestId = await enterWithChat(browser, "in a tab that is still open");
  await browser.signUp("ada@example.org");
  expect(await ownerOf("in a tab that is still open")).toBe(guestId);
});

test.for(["sign up", "sign in"])(
  "a move that fails at %s leaves the guest as they were, and is made good later",
  async (way) => {
    const failing: MoveRows = async (tx, guestId, accountId) => {
      await moveGuestChats(tx, guestId, accountId);
      throw new Error("the disk is full");
    };
    const broken = createTestAuth(db, { moveRows: failing });
    const working = createTestAuth(db, { moveRows: moveGuestChats });
    const browser = createBrowser(broken.auth);
    if (way === "sign in") await createBrowser(broken.auth).signUp("ada@example.org");
    const guestId = await enterWithChat(browser, "not to be lost");

    const answer = await (way === "sign in"
      ? browser.signIn("ada@example.org")
      : browser.signUp("ada@example.org"));
    expect(answer).toMatchObject({ status: 503, body: { code: "GUEST_NOT_MOVED" }, setCookies: [] });
    expect(await browser.actor()).toMatchObject({ userId: guestId, isGuest: true });
    expect(await ownerOf("not to be lost")).toBe(guestId);

    const retried = createBrowser(working.auth);
    for (const [name, value] of browser.cookies) retried.cookies.set(name, value);
    const { userId } = await actorAfter(retried.signIn("ada@example.org"), retried);
    expect(await ownerOf("not to be lost")).toBe(userId);
  },
);

test("a guest whose session cannot be read is not signed in past their chats", async () => {
  const { auth } = createTestAuth(db, { moveRows: moveGuestChats });
  await createBrowser(auth).signUp("ada@example.org");
  const browser = createBrowser(auth);
  const guestId = await enterWithChat(browser, "not to be lost");
  const answer = await database.failing(/^select .* from "session"/, () => browser.signIn("ada@example.org"));
  expect(answer).toMatchObject({ status: 500, setCookies: [] });
  expect(await browser.actor()).toMatchObject({ userId: guestId });
});

test("a guest who mistypes the password stays the guest", async () => {
  const { auth } = createTestAuth(db, { moveRows: moveGuestChats });
  await createBrowser(auth).signUp("ada@example.org");
  const browser = createBrowser(auth);
  const guestId = await enterWithChat(browser, "mine");
  expect((await browser.signIn("ada@example.org", "wrong horse battery")).status).toBe(401);
  expect(await browser.actor()).toMatchObject({ userId: guestId, isGuest: true });
  expect(await ownerOf("mine")).toBe(guestId);
});

test("two tabs of a guest that sign in at once both end up in the account, with everything", async () => {
  const { auth } = createTestAuth(db, { moveRows: moveGuestChats });
  const account = createBrowser(auth);
  const { userId } = await actorAfter(account.signUp("ada@example.org"), account);
  const [tab, other] = [createBrowser(auth), createBrowser(auth)];
  await enterWithChat(tab, "shared by both");
  for (const [name, value] of tab.cookies) other.cookies.set(name, value);

  const answers = await Promise.all([tab.signIn("ada@example.org"), other.signIn("ada@example.org")]);
  expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
  expect([(await tab.actor())?.userId, (await other.actor())?.userId]).toEqual([userId, userId]);
  expect(await ownerOf("shared by both")).toBe(userId);
});

test("a guest who has become an account is nobody any more", async () => {
  const { auth } = createTestAuth(db, { moveRows: moveGuestChats });
  const browser = createBrowser(auth);
  const guestId = await enterWithChat(browser, "mine");
  const old = new Map(browser.cookies);
  await browser.signUp("ada@example.org");
  const left = createBrowser(auth);
  for (const [name, value] of old) left.cookies.set(name, value);
  expect(await left.actor()).toBeNull();
  await expect(startChat(guestId, "too late")).rejects.toThrow();
});

test("a guest keeps their chats when they enter as a guest again", async () => {
  const { auth } = createTestAuth(db, { moveRows: moveGuestChats });
  const browser = createBrowser(auth);
  const guestId = await enterWithChat(browser, "mine");
  expect((await browser.enterAsGuest()).setCookies).toEqual([]);
  expect(await browser.actor()).toMatchObject({ userId: guestId });
});

test("a guest may still become an account where no more guests are taken", async () => {
  const browser = createBrowser(createTestAuth(db).auth);
  await enterWithChat(browser, "mine");
  const later = createBrowser(createTestAuth(db, { guests: false, moveRows: moveGuestChats }).auth);
  for (const [name, value] of browser.cookies) later.cookies.set(name, value);
  const { userId } = await actorAfter(later.signUp("ada@example.org"), later);
  expect(await ownerOf("mine")).toBe(userId);
});

async function enterWithChat(browser: Browser, title: string): Promise<string> {
  const { userId } = await actorAfter(browser.enterAsGuest(), browser);
  await startChat(userId, title);
  return userId;
}

async function actorAfter(entering: Promise<{ status: number }>, browser: Browser) {
  expect((await entering).status).toBe(200);
  const actor = await browser.actor();
  if (!actor) throw new Error("nobody came in");
  return actor;
}

async function startChat(userId: string, title: string): Promise<void> {
  await db.insert(chat).values({ id: crypto.randomUUID(), userId, title });
}

async function ownerOf(title: string): Promise<string | undefined> {
  const [row] = await db.select().from(chat).where(eq(chat.title, title));
  return row?.userId;
}

async function exists(userId: string): Promise<boolean> {
  return (await db.select().from(user).where(eq(user.id, userId))).length === 1;
}
