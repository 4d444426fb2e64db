import { ask, failureIn, messagesOf } from "@/e2e/ask";
import { callsOf, expect, test, untilCall } from "@/e2e/fixtures";
import type { Person } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { deleteChat, getChat, listChats, restoreChat, updateChat } from "@/lib/api/chats";
import { stopAnswer } from "@/lib/api/generations";
import { listModels } from "@/lib/api/models";
import type { Chat } from "@/lib/chats/chat";

test("chats are listed by their last use, pinned ones first, page by page", async ({ person }) => {
  const ids = await createChats(person, ["One", "Two", "Three", "Four", "Five"]);
  await readStream((await ask(person, "More [[tokens=2]]", { chatId: ids.Two })).response);
  await person.call(updateChat, { params: { chatId: ids.Three ?? "" }, body: { pinned: true } });

  const pages = (await listInPages(person)).map((page) => page.map(({ title }) => title?.split(" ")[0]));
  expect(pages).toEqual([["Three", "Two"], ["Five", "Four"], ["One"]]);
});

test("a chat is renamed, pinned and archived, and the lists follow", async ({ person }) => {
  const ids = await createChats(person, ["One", "Two"]);
  const params = { chatId: ids.One ?? "" };
  const change = { title: "  Another name  ", pinned: true, archived: true };
  const changed = await person.call(updateChat, { params, body: change });

  expect(changed).toMatchObject({ title: "Another name", pinned: true, archived: true, deletedAt: null });
  expect(await person.call(getChat, { params })).toEqual(changed);
  expect(await titles(person, {})).toEqual(["Two [[tokens=2]]"]);
  expect(await titles(person, { archived: true })).toEqual(["Another name"]);
  expect(await titles(person, { archived: true, q: "ANOTHER" })).toEqual(["Another name"]);
  expect(await titles(person, { q: "w" })).toEqual(["Two [[tokens=2]]"]);
  expect(await titles(person, { q: "%" })).toEqual([]);
});

test("a chat in the trash is out of the list, takes no question, and comes back whole", async ({
  person,
}) => {
  const ids = await createChats(person, ["One"]);
  const params = { chatId: ids.One ?? "" };
  const messages = await messagesOf(person, params.chatId);
  const deleted = await person.call(deleteChat, { params });

  expect(deleted.deletedAt).not.toBeNull();
  expect(await titles(person, {})).toEqual([]);
  expect(await titles(person, { deleted: true })).toEqual(["One [[tokens=2]]"]);
  const question = await ask(person, "Hello?", { chatId: params.chatId });
  expect(await failureIn(question.response)).toMatchObject({ status: 410, type: "gone" });

  expect((await person.call(restoreChat, { params })).deletedAt).toBeNull();
  expect(await titles(person, {})).toEqual(["One [[tokens=2]]"]);
  expect(await messagesOf(person, params.chatId)).toEqual(messages);
});

test("the list tells which chats are being answered", async ({ person }) => {
  const asked = await ask(person, "Busy [[tokens=500 interval=20]]");
  const active = async () => (await person.call(listChats)).items[0]?.activeGeneration;
  await expect.poll(active).toMatchObject({ id: asked.generationId, status: "streaming" });
  await person.call(stopAnswer, { params: { chatId: asked.chatId }, body: {} });
  expect(await active()).toBeNull();
});

test("the catalogue has the provider's models with their prices, and says which one answers by default", async ({
  person,
}) => {
  const { items, defaultModel } = await person.call(listModels);
  expect(defaultModel).toBe("scripted/burst");
  expect(items.filter(({ isDefault }) => isDefault).map(({ id }) => id)).toEqual(["scripted/burst"]);
  expect(items.find(({ id }) => id === "anthropic/claude-opus-4.1")).toMatchObject({
    provider: "openrouter",
    availability: { status: "available" },
    inputPrice: expect.any(Number),
    contextLength: expect.any(Number),
  });
});

test("the default model answers, until the chat or the question names another", async ({ model, person }) => {
  const asked = await ask(person, "Who? [[tokens=2]]");
  const params = { chatId: asked.chatId };
  await readStream(asked.response);
  await person.call(updateChat, { params, body: { model: "scripted/benchmark" } });
  await readStream((await ask(person, "And now? [[tokens=2]]", params)).response);
  const named = await ask(person, "And now? [[tokens=2]]", { ...params, model: "scripted/hundred-words" });
  await readStream(named.response);

  expect(callsOf(model, params.chatId).map(({ model: asked }) => asked)).toEqual([
    "scripted/burst",
    "scripted/benchmark",
    "scripted/hundred-words",
  ]);
  expect((await person.call(getChat, { params })).model).toBe("scripted/benchmark");
  expect((await messagesOf(person, params.chatId)).map((message) => message.model)).toEqual([
    null,
    "scripted/burst",
    null,
    "scripted/benchmark",
    null,
    "scripted/hundred-words",
  ]);
});

test("settings of a question reach the provider", async ({ model, person }) => {
  const settings = {
    temperature: 0.3,
    topP: 0.9,
    maxOutputTokens: 77,
    seed: 5,
    stop: ["END"],
    reasoningEffort: "low",
  };
  const asked = await ask(person, "Set [[tokens=2]]", { model: "openai/gpt-5-mini", body: { settings } });
  await readStream(asked.response);
  const call = await untilCall(model, asked.chatId);
  expect(call.body).toMatchObject({
    temperature: 0.3,
    top_p: 0.9,
    max_tokens: 77,
    seed: 5,
    stop: ["END"],
    reasoning: { effort: "low" },
    stream: true,
  });
});

/** Chats whose names are their first questions, the first one the oldest. */
async function createChats(person: Person, names: readonly string[]): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const name of names) {
    const asked = await ask(person, `${name} [[tokens=2]]`);
    await readStream(asked.response);
    ids[name] = asked.chatId;
  }
  return ids;
}

async function listInPages(person: Person, cursor?: string): Promise<Chat[][]> {
  const { items, nextCursor } = await person.call(listChats, {
    query: { limit: 2, ...(cursor && { cursor }) },
  });
  return nextCursor === null ? [items] : [items, ...(await listInPages(person, nextCursor))];
}

async function titles(person: Person, query: Record<string, string | boolean>) {
  return (await person.call(listChats, { query })).items.map(({ title }) => title);
}
