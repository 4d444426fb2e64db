import { ask, failureIn, messagesOf } from "@/e2e/ask";
import { expect, test, untilCall } from "@/e2e/fixtures";
import { nobody, type Person, signInAgain, signInAsGuest, signUp } from "@/e2e/person";
import { framesOf, readStream } from "@/e2e/read-stream";
import {
  endOtherSessions,
  endSession,
  getAccount,
  listDevices,
  trashChats,
  untrashChats,
} from "@/lib/api/account";
import { getChat, listChats, updateChat } from "@/lib/api/chats";
import { createId } from "@/lib/chats/id";
import { exportedFileSchema } from "@/lib/transfer/exported-chat";

test("an account and a guest are told who they are", async ({ app, person }) => {
  const account = await signUp(app.url);
  expect(await account.call(getAccount)).toMatchObject({
    name: "Ada",
    email: account.email,
    isGuest: false,
    finishAnswers: true,
    chatCount: 0,
  });
  expect(await person.call(getAccount)).toMatchObject({ name: null, email: null, isGuest: true });
});

test("devices are told apart, one is signed out, then all others, and no token is told", async ({ app }) => {
  const account = await signUp(app.url);
  const [phone, tablet] = [await signInAgain(account), await signInAgain(account)];
  const { items } = await phone.call(listDevices);
  expect(items.map(({ isCurrent }) => isCurrent)).toEqual([true, false, false]);
  expect(items[0]).toMatchObject({ browser: "Node.js", system: null, address: "127.0.0.1" });
  const body = await (await phone.request("GET", "/api/account/sessions")).text();
  for (const { cookie } of [account, phone, tablet]) {
    const token = decodeURIComponent(cookie).split("=")[1]?.split(".")[0] ?? "";
    expect(token.length).toBeGreaterThan(20);
    expect(body).not.toContain(token);
  }

  const sessionId = items[1]?.id ?? "";
  expect(await phone.call(endSession, { params: { sessionId }, body: {} })).toEqual({ ended: 1 });
  const statuses = await Promise.all(
    [account, tablet].map(async (each) => (await each.request("GET", "/api/chats")).status),
  );
  expect(statuses.toSorted()).toEqual([200, 401]);
  const again = await phone.request("DELETE", `/api/account/sessions/${sessionId}`, { body: {} });
  expect(await failureIn(again)).toMatchObject({ status: 404, type: "not_found" });
  expect(await phone.call(endOtherSessions, { body: {} })).toEqual({ ended: 1 });
  expect((await phone.call(listDevices)).items).toHaveLength(1);
});

test("somebody else's session cannot be ended, nor any without one's own", async ({ app, person }) => {
  const stranger = await signInAsGuest(app.url);
  const [session] = (await person.call(listDevices)).items;
  const path = `/api/account/sessions/${session?.id}`;
  expect((await stranger.request("DELETE", path, { body: {} })).status).toBe(404);
  expect(await stranger.call(endOtherSessions, { body: {} })).toEqual({ ended: 0 });
  const evil = { headers: { Origin: "https://evil.example" }, body: {} };
  for (const attempt of [path, "/api/account/sessions", "/api/account/chats"]) {
    expect((await nobody(app.url).request("DELETE", attempt, { body: {} })).status, attempt).toBe(401);
    expect((await person.request("DELETE", attempt, evil)).status, attempt).toBe(403);
  }
  for (const attempt of ["/api/account", "/api/account/sessions", "/api/export"]) {
    expect((await nobody(app.url).request("GET", attempt)).status, attempt).toBe(401);
  }
  expect((await person.call(listDevices)).items).toHaveLength(1);
});

test("the open streams of a device that is signed out end within 5 s, and the answer goes on", async ({
  app,
  model,
}) => {
  const account = await signUp(app.url);
  const phone = await signInAgain(account);
  const { response, chatId } = await ask(phone, "On and on [[tokens=2000 interval=20]]");
  await untilCall(model, chatId, ({ tokensSent }) => tokensSent > 3);
  const events = await phone.request("GET", "/api/events");
  const ended = Promise.all([untilClosed(response), untilClosed(events)]);

  const since = performance.now();
  await account.call(endOtherSessions, { body: {} });
  await ended;
  expect(performance.now() - since).toBeLessThan(5_000);
  expect(await untilCall(model, chatId)).toMatchObject({ state: "streaming", aborted: false });
  await account.request("POST", `/api/chat/${chatId}/stop`, { body: {} });
});

test("an account is deleted in mid-answer: nothing of it answers any more, and the model is let go", async ({
  app,
  model,
}) => {
  const account = await signUp(app.url);
  const phone = await signInAgain(account);
  const { response, chatId } = await ask(phone, "On and on [[tokens=2000 interval=20]]");
  await untilCall(model, chatId, ({ tokensSent }) => tokensSent > 3);
  const ended = untilClosed(response);

  const refused = await account.request("POST", "/api/auth/delete-user", { body: { password: "wrong one" } });
  expect(refused.status).toBe(400);
  const { password } = account;
  const deleted = await account.request("POST", "/api/auth/delete-user", { body: { password } });
  expect(deleted.status).toBe(200);
  await ended;
  expect(await untilCall(model, chatId, ({ state }) => state !== "streaming")).toMatchObject({
    aborted: true,
  });
  for (const each of [account, phone]) {
    expect((await each.request("GET", `/api/chats/${chatId}`)).status).toBe(401);
  }
  await expect(signInAgain(account)).rejects.toThrow("401");
  // Its ids are free: nothing is left of the chat.
  const stranger = await signInAsGuest(app.url);
  await readStream((await ask(stranger, "Mine [[tokens=2]]", { chatId })).response);
  expect(await messagesOf(stranger, chatId)).toHaveLength(2);
});

test("all chats go to the trash, archived ones too, and what is being written is stopped and kept", async ({
  app,
  model,
  person,
}) => {
  const archived = await ask(person, "Archived [[tokens=2]]");
  await readStream(archived.response);
  await person.call(updateChat, { params: { chatId: archived.chatId }, body: { archived: true } });
  const { response, chatId } = await ask(person, "On and on [[tokens=2000 interval=20]]");
  await untilCall(model, chatId, ({ tokensSent }) => tokensSent > 3);
  const stranger = await signInAsGuest(app.url);
  await readStream((await ask(stranger, "Theirs [[tokens=2]]")).response);

  const { trashed, trashedAt } = await person.call(trashChats, { body: {} });
  expect(trashed).toBe(2);
  await untilClosed(response);
  expect((await person.call(listChats)).items).toEqual([]);
  expect((await person.call(listChats, { query: { deleted: true } })).items).toHaveLength(2);
  expect((await person.call(getChat, { params: { chatId } })).activeGeneration).toBeNull();
  expect((await messagesOf(person, chatId))[1]).toMatchObject({ status: "stopped" });
  expect((await stranger.call(listChats)).items).toHaveLength(1);
  expect(await person.call(trashChats, { body: {} })).toEqual({ trashed: 0, trashedAt: null });

  expect(await stranger.call(untrashChats, { body: { trashedAt } })).toEqual({ restored: 0 });
  expect(await person.call(untrashChats, { body: { trashedAt } })).toEqual({ restored: 2 });
  expect((await person.call(listChats)).items.map(({ id }) => id)).toEqual([chatId]);
  expect(await person.call(untrashChats, { body: { trashedAt } })).toEqual({ restored: 0 });
});

test("an export holds every version of every chat, trash and archive included, and no secret", async ({
  app,
}) => {
  const account = await signUp(app.url);
  const { chatId } = await createChat(account, "First [[tokens=4]]");
  const [, answer] = await messagesOf(account, chatId);
  const again = { trigger: "regenerate-message", id: chatId, messageId: answer?.id };
  await readStream(await account.request("POST", "/api/chat", { body: again }));
  const trashed = await createChat(account, "Thrown away [[tokens=3]]");
  await account.request("DELETE", `/api/chats/${trashed.chatId}`, { body: {} });
  await createChat(await signInAsGuest(app.url), "Somebody else's [[tokens=3]]");

  const response = await account.request("GET", "/api/export");
  expect(response.headers.get("content-disposition")).toMatch(
    /^attachment; filename="parley-\d{4}-\d\d-\d\d\.json"$/,
  );
  const text = await response.text();
  const { chats } = exportedFileSchema.parse(JSON.parse(text));
  expect(chats.map(({ id }) => id)).toEqual([chatId, trashed.chatId]);
  expect(chats[0]?.messages).toEqual(await messagesOf(account, chatId));
  expect(chats[0]?.messages).toHaveLength(3);
  expect(chats[1]?.deletedAt).not.toBeNull();
  const [, token = ""] = account.cookie.split("=");
  for (const secret of [account.email, account.password, token, "Somebody else"]) {
    expect(text).not.toContain(secret);
  }
});

test("an export as Markdown is what is visible, and a format that is none is refused", async ({ person }) => {
  const { chatId } = await createChat(person, "Read me [[tokens=4]]");
  await person.call(updateChat, { params: { chatId }, body: { title: "A good read" } });
  const trashed = await createChat(person, "Thrown away [[tokens=3]]");
  await person.request("DELETE", `/api/chats/${trashed.chatId}`, { body: {} });
  const response = await person.request("GET", "/api/export?format=markdown");
  expect(response.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
  const text = await response.text();
  expect(text).toContain("# A good read\n");
  expect(text).toContain("## You\n\nRead me [[tokens=4]]\n");
  expect(text).not.toContain("Thrown away");
  expect((await person.request("GET", "/api/export?format=pdf")).status).toBe(400);
});

async function createChat(person: Person, question: string): Promise<{ chatId: string }> {
  const asked = await ask(person, question, { chatId: createId() });
  await readStream(asked.response);
  return asked;
}

/** Signed out, it ends without a last chunk, or breaks off. */
async function untilClosed(response: Response): Promise<void> {
  try {
    for await (const _ of framesOf(response));
  } catch {
    // Broken off is closed, too.
  }
}
