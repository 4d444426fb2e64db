import { answerTo, ask, failureIn, messagesOf } from "@/e2e/ask";
import { callsOf, expect, promptOf, test } from "@/e2e/fixtures";
import type { Person } from "@/e2e/person";
import { readStream, textOf } from "@/e2e/read-stream";
import { getChat, listMessages, updateChat } from "@/lib/api/chats";
import { createId } from "@/lib/chats/id";
import type { Message } from "@/lib/chats/message";
import { textOf as textOfParts } from "@/lib/chats/part";

const first = "First [[tokens=3]]";
const second = "Second [[tokens=4]]";
const third = "Third [[tokens=5]]";

test("questions that follow each other make one branch, and the model is told all of it", async ({
  model,
  person,
}) => {
  const chatId = await converse(person, [first, second, third]);
  const messages = await messagesOf(person, chatId);

  expect(textsOf(messages)).toEqual([
    first,
    answerTo(first),
    second,
    answerTo(second),
    third,
    answerTo(third),
  ]);
  expect(messages.map(({ parentId }) => parentId)).toEqual([
    null,
    ...messages.map(({ id }) => id).slice(0, -1),
  ]);
  expect(promptOf(callsOf(model, chatId)[2]).map(({ text }) => text)).toEqual(textsOf(messages).slice(0, -1));
  expect(await person.call(getChat, { params: { chatId } })).toMatchObject({
    title: first,
    leafMessageId: messages.at(-1)?.id,
  });
});

test("an edited question stands beside the old one, which keeps its answers", async ({ model, person }) => {
  const chatId = await converse(person, [first, second]);
  const before = await messagesOf(person, chatId);
  const edited = before[2]?.id ?? "";
  const edit = await ask(person, third, { chatId, messageId: edited, body: { messageId: edited } });
  await readStream(edit.response);

  const messages = await messagesOf(person, chatId);
  expect(messages.slice(0, 4)).toEqual(before);
  expect(textsOf(messages.slice(4))).toEqual([third, answerTo(third)]);
  expect(messages[4]?.parentId).toBe(before[1]?.id);
  expect(messages[4]?.id).not.toBe(edited);
  expect(textsOf(await activePath(person, chatId))).toEqual([first, answerTo(first), third, answerTo(third)]);
  expect(promptOf(callsOf(model, chatId)[2]).map(({ text }) => text)).toEqual([
    first,
    answerTo(first),
    third,
  ]);

  const again = await ask(person, third, { chatId, messageId: edited, body: { messageId: edited } });
  await readStream(again.response);
  expect(again.generationId).toBe(edit.generationId);
  expect(await messagesOf(person, chatId)).toHaveLength(6);
});

test("an edit of the first question begins a second branch at the root", async ({ person }) => {
  const chatId = await converse(person, [first]);
  const [question] = await messagesOf(person, chatId);
  const messageId = question?.id ?? "";
  await readStream((await ask(person, second, { chatId, messageId, body: { messageId } })).response);
  expect((await messagesOf(person, chatId)).filter(({ parentId }) => parentId === null)).toHaveLength(2);
  expect(textsOf(await activePath(person, chatId))).toEqual([second, answerTo(second)]);
});

for (const named of ["answer", "question"] as const) {
  test(`an answer that is written again, named by its ${named}, stands beside the old one`, async ({
    model,
    person,
  }) => {
    const chatId = await converse(person, [first, second]);
    const before = await messagesOf(person, chatId);
    const messageId = before[named === "answer" ? 3 : 2]?.id ?? "";
    const body = { id: chatId, trigger: "regenerate-message", messageId };
    const response = await person.request("POST", "/api/chat", { body });
    expect(textOf(await readStream(response))).toBe(answerTo(second));

    const messages = await messagesOf(person, chatId);
    expect(messages.slice(0, 4)).toEqual(before);
    expect(messages).toHaveLength(5);
    expect(messages[4]).toMatchObject({ role: "assistant", parentId: before[2]?.id, status: "complete" });
    expect((await activePath(person, chatId)).at(-1)?.id).toBe(messages[4]?.id);
    expect(promptOf(callsOf(model, chatId)[2])).toEqual(promptOf(callsOf(model, chatId)[1]));
  });
}

test("the request to write an answer again can itself be sent again", async ({ model, person }) => {
  const chatId = await converse(person, [first]);
  const [, answer] = await messagesOf(person, chatId);
  const body = { id: chatId, trigger: "regenerate-message", messageId: answer?.id };
  const posts = await Promise.all(
    Array.from({ length: 5 }, () => person.request("POST", "/api/chat", { body })),
  );
  const texts = await Promise.all(posts.map(async (response) => textOf(await readStream(response))));
  expect(new Set(texts)).toEqual(new Set([answerTo(first)]));
  expect(callsOf(model, chatId)).toHaveLength(2);
  expect(await messagesOf(person, chatId)).toHaveLength(3);
});

test("a tab that has not seen the newest messages makes a branch where it stands", async ({ person }) => {
  const chatId = await converse(person, [first, second]);
  const before = await messagesOf(person, chatId);
  const parentId = before[1]?.id;
  await readStream((await ask(person, third, { chatId, body: { parentId } })).response);

  const messages = await messagesOf(person, chatId);
  expect(messages.slice(0, 4)).toEqual(before);
  expect(messages.filter((message) => message.parentId === parentId).map(({ role }) => role)).toEqual([
    "user",
    "user",
  ]);
  expect(textsOf(await activePath(person, chatId))).toEqual([first, answerTo(first), third, answerTo(third)]);
});

test("the stock body continues after the message its sender saw last", async ({ model, person }) => {
  const chatId = await converse(person, [first, second]);
  const [question, answer] = await messagesOf(person, chatId);
  const messages = [
    { id: question?.id, role: "user", parts: [{ type: "text", text: first }] },
    { id: answer?.id, role: "assistant", parts: [{ type: "text", text: "what the client thinks was said" }] },
    { id: createId(), role: "user", parts: [{ type: "text", text: third }] },
  ];
  const body = { id: chatId, messages, trigger: "submit-message" };
  await readStream(await person.request("POST", "/api/chat", { body }));
  expect(promptOf(callsOf(model, chatId)[2]).map(({ text }) => text)).toEqual([
    first,
    answerTo(first),
    third,
  ]);
});

test("a branch that is chosen is the one that goes on", async ({ person }) => {
  const chatId = await converse(person, [first, second]);
  const [, left] = await messagesOf(person, chatId);
  await person.call(updateChat, { params: { chatId }, body: { leafMessageId: left?.id } });
  expect(textsOf(await activePath(person, chatId))).toEqual([first, answerTo(first)]);

  await readStream((await ask(person, third, { chatId })).response);
  expect(textsOf(await activePath(person, chatId))).toEqual([first, answerTo(first), third, answerTo(third)]);
  expect(await messagesOf(person, chatId)).toHaveLength(6);
});

test("there is nothing to write again for an answer that is not in the chat", async ({ person }) => {
  const chatId = await converse(person, [first]);
  const elsewhere = await converse(person, [second]);
  const [, answer] = await messagesOf(person, elsewhere);
  for (const messageId of ["nowhere", answer?.id]) {
    const body = { id: chatId, trigger: "regenerate-message", messageId };
    const response = await person.request("POST", "/api/chat", { body });
    expect(await failureIn(response)).toMatchObject({ status: 404, type: "not_found" });
  }
  expect(await messagesOf(person, chatId)).toHaveLength(2);
});

for (const path of [undefined, "active"] as const) {
  test(`messages come in pages, newest page first, oldest message first (${path ?? "the whole tree"})`, async ({
    person,
  }) => {
    const chatId = await converse(person, [first, second, third]);
    const [, left] = await messagesOf(person, chatId);
    await readStream((await ask(person, first, { chatId, body: { parentId: left?.id } })).response);
    const all = path ? await activePath(person, chatId) : await messagesOf(person, chatId);
    expect(all).toHaveLength(path ? 4 : 8);

    const pages = await readInPages(person, chatId, path ? { path } : {});
    expect(pages.flat()).toEqual(all);
    expect(pages.map(({ length }) => length)).toEqual(path ? [1, 3] : [2, 3, 3]);
  });
}

/** A chat in which these were asked and answered, one after the other. */
async function converse(person: Person, questions: readonly string[]): Promise<string> {
  const chatId = createId();
  for (const question of questions) await readStream((await ask(person, question, { chatId })).response);
  return chatId;
}

async function activePath(person: Person, chatId: string): Promise<Message[]> {
  return (await person.call(listMessages, { params: { chatId }, query: { path: "active" } })).items;
}

/** The newest page last, as it is shown. */
async function readInPages(
  person: Person,
  chatId: string,
  query: Record<string, string>,
): Promise<Message[][]> {
  const { items, nextCursor } = await person.call(listMessages, {
    params: { chatId },
    query: { ...query, limit: 3 },
  });
  if (nextCursor === null) return [items];
  return [...(await readInPages(person, chatId, { ...query, before: nextCursor })), items];
}

function textsOf(messages: readonly Message[]): string[] {
  return messages.map(({ parts }) => textOfParts(parts));
}
