import { answerTo, ask, failureIn, messagesOf } from "@/e2e/ask";
import { callsOf, expect, promptOf, test, untilCall } from "@/e2e/fixtures";
import type { Person } from "@/e2e/person";
import { readStream, textOf } from "@/e2e/read-stream";
import { getChat } from "@/lib/api/chats";
import { stopAnswer } from "@/lib/api/generations";
import { textOf as textOfParts } from "@/lib/chats/part";

test("stop keeps exactly what the reader saw, tells the provider, and lets the next question in at once", async ({
  model,
  person,
}) => {
  const question = "A long one [[tokens=500 interval=10]]";
  const asked = await ask(person, question);
  const reading = readStream(asked.response);
  await untilCall(model, asked.chatId, ({ tokensSent }) => tokensSent > 30);
  const stopped = await stop(person, asked.chatId, asked.generationId);
  const next = await ask(person, "Go on [[tokens=3]]", { chatId: asked.chatId });

  expect(stopped).toEqual({ generationId: asked.generationId, status: "stopped" });
  expect(next.response.status).toBe(200);
  const read = await reading;
  expect(read.at(-1)?.chunk.type).toBe("abort");
  expect(textOf(read).length).toBeGreaterThan(100);
  expect(answerTo(question).startsWith(textOf(read))).toBe(true);
  await untilCall(model, asked.chatId, ({ aborted }) => aborted);

  await readStream(next.response);
  const [, partial, followUp] = await messagesOf(person, asked.chatId);
  expect(partial).toMatchObject({ status: "stopped", error: null });
  expect(textOfParts(partial?.parts ?? [])).toBe(textOf(read));
  expect(followUp?.parentId).toBe(partial?.id);
  expect(promptOf(callsOf(model, asked.chatId)[1])).toEqual([
    { role: "user", text: question },
    { role: "assistant", text: textOf(read) },
    { role: "system", text: expect.stringContaining("stopped") },
    { role: "user", text: "Go on [[tokens=3]]" },
  ]);
});

for (const silent of ["scripted/silent", "scripted/no-headers"]) {
  test(`an answer that has not begun can be stopped (${silent})`, async ({ model, person }) => {
    const asked = await ask(person, "Are you there?", { model: silent });
    const reading = readStream(asked.response);
    await untilCall(model, asked.chatId);

    expect(await stop(person, asked.chatId, asked.generationId)).toMatchObject({ status: "stopped" });
    await untilCall(model, asked.chatId, ({ aborted }) => aborted);
    expect((await reading).at(-1)?.chunk.type).toBe("abort");
    const [question, answer] = await messagesOf(person, asked.chatId);
    expect(question).toMatchObject({ id: asked.messageId, status: "complete" });
    expect(answer).toMatchObject({ status: "stopped", parts: [], error: null });
  });
}

test("many stops at once all answer that it is stopped", async ({ model, person }) => {
  const asked = await ask(person, "Stop me [[tokens=500 interval=10]]");
  await untilCall(model, asked.chatId, ({ tokensSent }) => tokensSent > 5);
  const stops = await Promise.all(Array.from({ length: 10 }, () => stop(person, asked.chatId)));
  expect(stops).toEqual(
    Array.from({ length: 10 }, () => ({ generationId: asked.generationId, status: "stopped" })),
  );
  await readStream(asked.response);
  expect(callsOf(model, asked.chatId)).toHaveLength(1);
});

test("a stop that comes too late changes nothing", async ({ person }) => {
  const asked = await ask(person, "Quick [[tokens=5]]");
  await readStream(asked.response);
  expect(await stop(person, asked.chatId)).toEqual({ generationId: asked.generationId, status: "completed" });
  expect((await messagesOf(person, asked.chatId))[1]).toMatchObject({ status: "complete" });
});

test("a stop meant for an earlier answer leaves the present one alone", async ({ model, person }) => {
  const first = await ask(person, "The first [[tokens=5]]");
  await readStream(first.response);
  const second = await ask(person, "The second [[tokens=60 interval=20]]", { chatId: first.chatId });
  await untilCall(model, first.chatId, ({ state }) => state === "streaming");

  expect(await stop(person, first.chatId, first.generationId)).toMatchObject({ status: "completed" });
  expect(textOf(await readStream(second.response))).toBe(answerTo("The second [[tokens=60 interval=20]]"));
});

test("an answer is seen to be active while it is written, and not any more once its end was sent", async ({
  model,
  person,
}) => {
  const asked = await ask(person, "Watch [[tokens=60 interval=20]]");
  const active = async () =>
    (await person.call(getChat, { params: { chatId: asked.chatId } })).activeGeneration;
  await untilCall(model, asked.chatId, ({ tokensSent }) => tokensSent > 10);
  await expect.poll(active).toMatchObject({ id: asked.generationId, status: "streaming", readers: 1 });
  expect((await active())?.partialLength).toBeGreaterThan(20);
  await readStream(asked.response);
  expect(await active()).toBeNull();
});

test("where nothing was ever asked there is nothing to stop", async ({ person }) => {
  const response = await person.request("POST", "/api/chat/nowhere/stop", { body: {} });
  expect(await failureIn(response)).toMatchObject({ status: 404, type: "not_found" });
});

function stop(person: Person, chatId: string, generationId?: string) {
  return person.call(stopAnswer, { params: { chatId }, body: { generationId } });
}
