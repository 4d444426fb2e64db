import { answerTo, ask, failureIn, messagesOf } from "@/e2e/ask";
import { callsOf, expect, test, untilCall } from "@/e2e/fixtures";
import { messageIdOf, readStream, textOf } from "@/e2e/read-stream";
import { listChats } from "@/lib/api/chats";
import { createId } from "@/lib/chats/id";
import { textOf as textOfParts } from "@/lib/chats/part";

test("twenty identical posts at once are one question, one generation, one upstream call and twenty equal streams", async ({
  model,
  person,
}) => {
  const question = "Once upon a time [[tokens=50 interval=20]]";
  const ids = { chatId: createId(), messageId: createId() };
  const posts = await Promise.all(Array.from({ length: 20 }, () => ask(person, question, ids)));
  const another = await ask(person, "Something else", { chatId: ids.chatId });
  const streams = await Promise.all(posts.map(({ response }) => readStream(response)));

  expect(new Set(posts.map(({ response }) => response.status))).toEqual(new Set([200]));
  const [generationId, ...otherIds] = new Set(posts.map((post) => post.generationId));
  expect(otherIds).toEqual([]);
  expect(await failureIn(another.response)).toMatchObject({
    status: 409,
    type: "generation_active",
    details: { generationId },
  });
  expect(new Set(streams.map(textOf))).toEqual(new Set([answerTo(question)]));
  expect(new Set(streams.map(messageIdOf)).size).toBe(1);

  expect(callsOf(model, ids.chatId)).toHaveLength(1);
  const [stored, answer, ...others] = await messagesOf(person, ids.chatId);
  expect(others).toEqual([]);
  expect(stored).toMatchObject({ id: ids.messageId, role: "user", parentId: null });
  expect(answer).toMatchObject({
    role: "assistant",
    parentId: ids.messageId,
    status: "complete",
    generationId,
  });
  expect((await person.call(listChats)).items).toHaveLength(1);
});

test("the same post after the end replays the answer, and calls nobody", async ({ model, person }) => {
  const question = "Tell me again [[tokens=30]]";
  const first = await ask(person, question);
  const told = await readStream(first.response);
  const again = await ask(person, question, first);

  expect(again.generationId).toBe(first.generationId);
  const retold = await readStream(again.response);
  expect(textOf(retold)).toBe(textOf(told));
  expect(messageIdOf(retold)).toBe(messageIdOf(told));
  expect(retold.at(-1)?.chunk).toEqual(told.at(-1)?.chunk);
  expect(callsOf(model, first.chatId)).toHaveLength(1);
  expect(await messagesOf(person, first.chatId)).toHaveLength(2);
});

test("two different questions at once: one is answered, the other is refused and not stored", async ({
  model,
  person,
}) => {
  const chatId = createId();
  const texts = ["The first [[tokens=20 interval=20]]", "The second [[tokens=20 interval=20]]"];
  const posts = await Promise.all(texts.map((text) => ask(person, text, { chatId })));

  expect(posts.map(({ response }) => response.status).sort()).toEqual([200, 409]);
  const winner = posts.find(({ response }) => response.status === 200);
  await readStream(winner?.response ?? Response.error());
  expect((await messagesOf(person, chatId)).map(({ id }) => id)[0]).toBe(winner?.messageId);
  expect(await messagesOf(person, chatId)).toHaveLength(2);
  expect(callsOf(model, chatId)).toHaveLength(1);
});

test("an Idempotency-Key makes two messages one request", async ({ model, person }) => {
  const headers = { "Idempotency-Key": createId() };
  const first = await ask(person, "Under a key [[tokens=10]]", { headers });
  await readStream(first.response);
  const second = await ask(person, "Under a key [[tokens=10]]", { headers, chatId: first.chatId });

  expect(second.generationId).toBe(first.generationId);
  await readStream(second.response);
  expect((await messagesOf(person, first.chatId)).map(({ id }) => id)).not.toContain(second.messageId);
  expect(callsOf(model, first.chatId)).toHaveLength(1);
});

test("an Idempotency-Key of one chat is refused in another, and leaves no chat there", async ({ person }) => {
  const headers = { "Idempotency-Key": createId() };
  const first = await ask(person, "Here [[tokens=3]]", { headers });
  await readStream(first.response);
  const elsewhere = await ask(person, "There [[tokens=3]]", { headers });

  expect(await failureIn(elsewhere.response)).toMatchObject({ status: 400, type: "invalid_request" });
  expect((await person.call(listChats)).items.map(({ id }) => id)).toEqual([first.chatId]);
});

test("a post that comes again in the middle joins the answer that is being written", async ({
  model,
  person,
}) => {
  const question = "Slowly [[tokens=40 interval=25]]";
  const first = await ask(person, question);
  await untilCall(model, first.chatId, ({ tokensSent }) => tokensSent > 10);
  const again = await ask(person, question, first);
  const [one, two] = await Promise.all([readStream(first.response), readStream(again.response)]);

  expect(again.generationId).toBe(first.generationId);
  expect(textOf(two)).toBe(textOf(one));
  expect(callsOf(model, first.chatId)).toHaveLength(1);
});

test("a message id that another chat already uses is no conflict; within the chat it is the same message", async ({
  person,
}) => {
  const messageId = createId();
  const here = await ask(person, "Here [[tokens=3]]", { messageId });
  await readStream(here.response);
  const there = await ask(person, "There [[tokens=4]]", { messageId });
  expect(textOf(await readStream(there.response))).toBe(answerTo("There [[tokens=4]]"));
  const changed = await ask(person, "Not an edit [[tokens=5]]", { chatId: here.chatId, messageId });

  expect(changed.generationId).toBe(here.generationId);
  await readStream(changed.response);
  const [question] = await messagesOf(person, here.chatId);
  expect(textOfParts(question?.parts ?? [])).toBe("Here [[tokens=3]]");
});
