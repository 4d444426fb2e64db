import { ask, failureIn, messagesOf } from "@/e2e/ask";
import { expect, test, titleCallsOf, untilCall } from "@/e2e/fixtures";
import { type Person, signInAsGuest, signUp } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { getChat, keepChats, listChats, purgeChats, updateChat } from "@/lib/api/chats";
import { getUsage } from "@/lib/api/usage";

test("many chats are kept in one request, with an outcome for each", async ({ app, person }) => {
  const [one, two, three] = await createChats(person, ["One", "Two", "Three"]);
  const [theirs] = await createChats(await signInAsGuest(app.url), ["Theirs"]);
  const ids = [one, theirs, "nowhere", two];
  const { items } = await person.call(keepChats, { body: { ids, archived: true, pinned: true } });
  expect(items).toEqual([
    { id: one, outcome: "done" },
    { id: theirs, outcome: "not_found" },
    { id: "nowhere", outcome: "not_found" },
    { id: two, outcome: "done" },
  ]);
  expect(await idsOf(person, {})).toEqual([three]);
  expect(await idsOf(person, { archived: true })).toEqual([two, one]);
  await person.call(keepChats, { body: { ids: [one, two, three], deleted: true } });
  expect(await idsOf(person, { deleted: true })).toHaveLength(3);
  await person.call(keepChats, { body: { ids: [one, two, three], deleted: false } });
  expect(await idsOf(person, { archived: true })).toEqual([two, one]);
});

test("only the trash can be emptied, and what it held is gone with its messages", async ({ app, person }) => {
  const [one = "", two = "", three = ""] = await createChats(person, ["One", "Two", "Three"]);
  await person.call(keepChats, { body: { ids: [one, two], deleted: true } });
  const stranger = await signInAsGuest(app.url);
  expect((await stranger.call(purgeChats, { body: { ids: [one] } })).items).toEqual([
    { id: one, outcome: "not_found" },
  ]);
  expect((await person.call(purgeChats, { body: { ids: [one, three] } })).items).toEqual([
    { id: one, outcome: "done" },
    { id: three, outcome: "not_found" },
  ]);
  expect((await person.call(purgeChats, { body: { ids: "all" } })).items).toEqual([
    { id: two, outcome: "done" },
  ]);
  expect((await person.request("GET", `/api/chats/${one}/messages`)).status).toBe(404);
  expect(await idsOf(person, {})).toEqual([three]);
  expect(await idsOf(person, { deleted: true })).toEqual([]);
});

test("a request that keeps nothing, too much or nobody is refused", async ({ person }) => {
  for (const [method, body] of [
    ["PATCH", { ids: ["a"] }],
    ["PATCH", { ids: [], archived: true }],
    ["PATCH", { ids: ["a"], title: "All the same" }],
    ["PATCH", { ids: ["not an id"], archived: true }],
    ["PATCH", { ids: Array.from({ length: 501 }, (_, index) => `c${index}`), archived: true }],
    ["DELETE", {}],
    ["DELETE", { ids: "everything" }],
  ] as const) {
    const response = await person.request(method, "/api/chats", { body });
    expect(await failureIn(response), JSON.stringify(body).slice(0, 60)).toMatchObject({
      status: 400,
      type: "invalid_request",
    });
  }
});

test("a chat is unread once its answer has ended, and read when its person says so", async ({ person }) => {
  const [chatId = ""] = await createChats(person, ["Hello"]);
  const params = { chatId };
  const isUnread = async () => (await person.call(getChat, { params })).unread;
  expect(await isUnread()).toBe(true);
  const { updatedAt } = await person.call(updateChat, { params, body: { unread: false } });
  expect(await isUnread()).toBe(false);
  await person.call(updateChat, { params, body: { unread: true } });
  expect(await person.call(getChat, { params })).toMatchObject({ unread: true, updatedAt });
});

test("an answer that is being written in a chat that is deleted is stopped and kept", async ({ person }) => {
  const asked = await ask(person, "Long [[tokens=2000 interval=20]]");
  const reader = readStream(asked.response);
  await person.call(keepChats, { body: { ids: [asked.chatId], deleted: true } });
  expect((await reader).at(-1)?.chunk.type).toBe("abort");
  expect((await messagesOf(person, asked.chatId)).at(-1)).toMatchObject({ status: "stopped" });
});

test("a chat that is deleted for good while its answer is written is gone, and what that came to is in the ledger", async ({
  model,
  person,
}) => {
  const asked = await ask(person, "Long [[tokens=2000 interval=20]]", { model: "openai/gpt-5-mini" });
  const ids = [asked.chatId];
  const reader = readStream(asked.response);
  await untilCall(model, asked.chatId);
  await person.call(keepChats, { body: { ids, deleted: true } });
  const purged = await person.call(purgeChats, { body: { ids } });
  expect(purged.items).toEqual([{ id: asked.chatId, outcome: "done" }]);
  await reader;
  expect((await person.request("GET", `/api/chats/${asked.chatId}`)).status).toBe(404);
  expect((await person.request("GET", `/api/chats/${asked.chatId}/messages`)).status).toBe(404);
  expect(await idsOf(person, { deleted: true })).toEqual([]);
  const { total } = await person.call(getUsage, { query: { chat: asked.chatId } });
  expect(total.calls).toBe(1);
});

test("the model names a chat behind its first answer, in one call without a stream", async ({
  app,
  model,
}) => {
  const account = await signUp(app.url);
  const asked = await ask(account, 'Why do tides come twice? [[say="**Tides, twice a day.**"]]');
  await readStream(asked.response);
  await expect.poll(() => titleOf(account, asked.chatId)).toBe("Tides, twice a day");
  const before = await account.call(getChat, { params: { chatId: asked.chatId } });
  expect(before.createdAt < before.updatedAt).toBe(true);
  await readStream((await ask(account, "And the sun? [[say=no]]", { chatId: asked.chatId })).response);
  expect(titleCallsOf(model, asked.chatId)).toHaveLength(1);
});

test("a person's own title is never replaced, and a title that fails leaves the question's", async ({
  app,
  model,
}) => {
  const account = await signUp(app.url);
  const held = await ask(account, "Held [[hold=700 say=Theirs]]");
  await readStream(held.response);
  await account.call(updateChat, { params: { chatId: held.chatId }, body: { title: "Mine" } });
  await model.until(({ body, stream, state }) => !stream && state === "completed" && mentions(body, "Held"));
  const failing = await ask(account, "Failing [[say=no error=503 times=1 retry-after=0]]");
  await readStream(failing.response);
  await model.until(({ body, stream, state }) => !stream && state === "refused" && mentions(body, "Failing"));
  expect(await titleOf(account, held.chatId)).toBe("Mine");
  expect(await titleOf(account, failing.chatId)).toMatch(/^Failing/);
});

test("a guest's chats are named by their questions, which costs nothing", async ({ model, person }) => {
  const asked = await ask(person, "Guest [[say=Named]]");
  await readStream(asked.response);
  const next = await ask(person, "And on [[say=more]]", { chatId: asked.chatId });
  await readStream(next.response);
  expect(titleCallsOf(model, asked.chatId)).toEqual([]);
  expect(await titleOf(person, asked.chatId)).toBe("Guest [[say=Named]]");
});

test.describe("where a model for titles is set", () => {
  test.use({ appEnv: { TITLE_MODEL: "scripted/hundred-words" } });

  test("it names the chats of all others", async ({ model, ownApp }) => {
    const account = await signUp(ownApp.url);
    const asked = await ask(account, "Who names? [[say=Names]]");
    await readStream(asked.response);
    await expect.poll(() => titleOf(account, asked.chatId)).toBe("Names");
    expect(titleCallsOf(model, asked.chatId)).toMatchObject([{ model: "scripted/hundred-words" }]);
  });
});

test.describe("where titles are off", () => {
  test.use({ appEnv: { TITLE_MODEL: "off" } });

  test("nobody is asked for one", async ({ model, ownApp }) => {
    const account = await signUp(ownApp.url);
    const asked = await ask(account, "Unnamed [[say=one]]");
    await readStream(asked.response);
    await readStream((await ask(account, "Still [[say=two]]", { chatId: asked.chatId })).response);
    await ownApp.stop();
    expect(titleCallsOf(model, asked.chatId)).toEqual([]);
  });
});

/** Chats of these names, the last one the newest. */
async function createChats(person: Person, names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const asked = await ask(person, `${name} [[tokens=2]]`);
    await readStream(asked.response);
    ids.push(asked.chatId);
  }
  return ids;
}

async function idsOf(person: Person, query: Record<string, boolean>): Promise<string[]> {
  return (await person.call(listChats, { query })).items.map(({ id }) => id);
}

async function titleOf(person: Person, chatId: string): Promise<string | null> {
  return (await person.call(getChat, { params: { chatId } })).title;
}

function mentions(body: unknown, text: string): boolean {
  return JSON.stringify(body).includes(text);
}
