import { answerTo, ask, failureIn, messagesOf } from "@/e2e/ask";
import { callsOf, expect, promptOf, test } from "@/e2e/fixtures";
import { type Person, signInAsGuest } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { getChat, listChats, listMessages } from "@/lib/api/chats";
import {
  branchChat,
  deleteMessage,
  editAnswer,
  getMessage,
  restoreMessage,
  showMessage,
} from "@/lib/api/messages";
import { createId } from "@/lib/chats/id";
import type { Message } from "@/lib/chats/message";
import { textOf } from "@/lib/chats/part";

const first = "First [[tokens=3]]";
const second = "Second [[tokens=4]]";
const third = "Third [[tokens=5]]";

test("of a page, the places that have several versions are named with all of them", async ({ person }) => {
  const { chatId, messages } = await fork(person);
  const { forks } = await person.call(listMessages, { params: { chatId }, query: { path: "active" } });
  expect(forks).toEqual([{ parentId: messages[1]?.id, messageIds: [messages[2]?.id, messages[4]?.id] }]);
});

test("a version that is shown goes down to its newest message, and a reload finds it", async ({ person }) => {
  const { chatId, messages } = await fork(person);
  const shown = await person.call(showMessage, { params: { chatId, messageId: messages[2]?.id ?? "" } });
  expect(textsOf(shown.items)).toEqual([first, answerTo(first), second, answerTo(second)]);
  expect(await person.call(getChat, { params: { chatId } })).toMatchObject({
    leafMessageId: messages[3]?.id,
  });
  expect(textsOf(await activePath(person, chatId))).toEqual(textsOf(shown.items));
});

test("who asks where the chat no longer is, is told where it was left", async ({ person }) => {
  const { chatId, messages } = await fork(person);
  const parentId = messages[3]?.id;
  const aside = await ask(person, first, { chatId, body: { parentId } });
  await readStream(aside.response);
  expect(aside.response.headers.get("X-Left-Leaf")).toBe(messages[5]?.id);
  const after = await ask(person, second, { chatId });
  await readStream(after.response);
  expect(after.response.headers.get("X-Left-Leaf")).toBeNull();
});

test("a deleted message takes its branch along, comes back whole, and is not asked after", async ({
  person,
}) => {
  const { chatId, messages } = await fork(person);
  const before = await messagesOf(person, chatId);
  const params = { chatId, messageId: messages[4]?.id ?? "" };
  expect((await person.call(getMessage, { params })).messagesBelow).toBe(1);

  expect(await person.call(deleteMessage, { params })).toMatchObject({ leafMessageId: messages[3]?.id });
  expect(await messagesOf(person, chatId)).toEqual(before.slice(0, 4));
  const below = await ask(person, first, { chatId, body: { parentId: params.messageId } });
  expect(await failureIn(below.response)).toMatchObject({ status: 410, type: "gone" });
  expect(await messagesOf(person, chatId)).toEqual(before.slice(0, 4));

  expect(await person.call(restoreMessage, { params, body: {} })).toMatchObject({
    leafMessageId: messages[5]?.id,
  });
  expect(await messagesOf(person, chatId)).toEqual(before);
});

test("while its answer is being written a question is not deleted", async ({ model, person }) => {
  const chatId = createId();
  const running = await ask(person, "Long [[tokens=500 interval=20]]", { chatId });
  await model.until(({ body }) => JSON.stringify(body).includes(chatId), 15_000);
  const refused = await person.request("DELETE", `/api/chats/${chatId}/messages/${running.messageId}`);
  expect(await failureIn(refused)).toMatchObject({
    status: 409,
    type: "generation_active",
    details: { generationId: running.generationId },
  });
  await person.request("POST", `/api/chat/${chatId}/stop`, { body: {} });
  await readStream(running.response);
  const params = { chatId, messageId: running.messageId };
  expect(await person.call(deleteMessage, { params })).toMatchObject({ leafMessageId: null });
});

test("an answer in the person's own words is a version of it, once for each key, and what the model is told", async ({
  model,
  person,
}) => {
  const { chatId, messages } = await fork(person);
  const before = await messagesOf(person, chatId);
  const path = `/api/chats/${chatId}/messages/${messages[5]?.id}/edit`;
  const edit = () =>
    person.request("POST", path, { body: { text: "In my words" }, headers: { "Idempotency-Key": "once" } });
  const [edited, again] = await Promise.all(
    [await edit(), await edit()].map(async (response) => editAnswer.answer.parse(await response.json())),
  );
  expect(again).toEqual(edited);
  expect(edited).toMatchObject({ parentId: messages[4]?.id, metadata: { edited: true }, status: "complete" });
  expect((await messagesOf(person, chatId)).slice(0, 6)).toEqual(before);
  await readStream((await ask(person, first, { chatId })).response);
  expect(promptOf(callsOf(model, chatId).at(-1)).map(({ text }) => text)).toEqual([
    first,
    answerTo(first),
    third,
    "In my words",
    first,
  ]);
  for (const text of ["", "  ", 7]) {
    const refused = await person.request("POST", path, { body: { text } });
    expect(await failureIn(refused)).toMatchObject({ status: 400, type: "invalid_request" });
  }
});

test("a branch becomes a chat of its own, once for each key, and the original is untouched", async ({
  person,
}) => {
  const { chatId, messages } = await fork(person);
  const before = [await person.call(getChat, { params: { chatId } }), await messagesOf(person, chatId)];
  const path = `/api/chats/${chatId}/messages/${messages[3]?.id}/branch`;
  const posts = await Promise.all(
    Array.from({ length: 5 }, () =>
      person.request("POST", path, { body: {}, headers: { "Idempotency-Key": "once" } }),
    ),
  );
  const copies = await Promise.all(posts.map(async (post) => branchChat.answer.parse(await post.json())));
  expect(new Set(copies.map(({ id }) => id)).size).toBe(1);
  const copyId = copies[0]?.id ?? "";
  expect(copies[0]?.title).toBe(`Branch of ${first}`);
  expect(textsOf(await messagesOf(person, copyId))).toEqual([
    first,
    answerTo(first),
    second,
    answerTo(second),
  ]);
  expect((await person.call(listChats)).items.map(({ id }) => id)).toEqual(
    expect.arrayContaining([chatId, copyId]),
  );

  await readStream((await ask(person, third, { chatId: copyId })).response);
  expect(textsOf(await activePath(person, copyId)).slice(-2)).toEqual([third, answerTo(third)]);
  expect([await person.call(getChat, { params: { chatId } }), await messagesOf(person, chatId)]).toEqual(
    before,
  );
});

test("what is known of how an answer was written can be read, also of one that was stopped", async ({
  person,
}) => {
  const chatId = createId();
  await readStream((await ask(person, first, { chatId })).response);
  const running = await ask(person, "Long [[tokens=500 interval=20]]", { chatId });
  const written = async () =>
    (await person.call(getChat, { params: { chatId } })).activeGeneration?.partialLength;
  await expect.poll(written).toBeGreaterThan(0);
  await person.request("POST", `/api/chat/${chatId}/stop`, { body: {} });
  await readStream(running.response);
  const [, complete, , stopped] = await messagesOf(person, chatId);

  const known = await person.call(getMessage, { params: { chatId, messageId: complete?.id ?? "" } });
  expect(known.writings).toEqual([
    expect.objectContaining({
      status: "completed",
      provider: "openrouter",
      model: complete?.model,
      usage: complete?.usage,
      costMicros: expect.any(Number),
      isEstimated: false,
      firstTokenAt: expect.any(String),
      finishedAt: expect.any(String),
    }),
  ]);
  const cut = await person.call(getMessage, { params: { chatId, messageId: stopped?.id ?? "" } });
  expect(cut.writings).toEqual([
    expect.objectContaining({
      status: "stopped",
      usage: expect.objectContaining({ outputTokens: expect.any(Number) }),
      isEstimated: true,
      finishedAt: expect.any(String),
    }),
  ]);
});

test("messages of somebody else's chat are not there, whatever is done to them", async ({ app, person }) => {
  const { chatId, messages } = await fork(person);
  const before = await messagesOf(person, chatId);
  const stranger = await signInAsGuest(app.url);
  const path = `/api/chats/${chatId}/messages/${messages[1]?.id}`;
  for (const [method, where, body] of [
    ["GET", path, undefined],
    ["DELETE", path, {}],
    ["POST", `${path}/show`, {}],
    ["POST", `${path}/edit`, { text: "Mine" }],
    ["POST", `${path}/restore`, {}],
    ["POST", `${path}/branch`, {}],
  ] as const) {
    const refused = await stranger.request(method, where, { body });
    expect(await failureIn(refused), where).toMatchObject({ status: 404, type: "not_found" });
  }
  expect(await messagesOf(person, chatId)).toEqual(before);
});

/** A chat in which the second question has another version: 0–1 above, 2–3 the one, 4–5 the other. */
async function fork(person: Person): Promise<{ chatId: string; messages: Message[] }> {
  const chatId = createId();
  await readStream((await ask(person, first, { chatId })).response);
  await readStream((await ask(person, second, { chatId })).response);
  const parentId = (await messagesOf(person, chatId))[1]?.id;
  await readStream((await ask(person, third, { chatId, body: { parentId } })).response);
  return { chatId, messages: await messagesOf(person, chatId) };
}

async function activePath(person: Person, chatId: string): Promise<Message[]> {
  return (await person.call(listMessages, { params: { chatId }, query: { path: "active" } })).items;
}

function textsOf(messages: readonly Message[]): string[] {
  return messages.map(({ parts }) => textOf(parts));
}
