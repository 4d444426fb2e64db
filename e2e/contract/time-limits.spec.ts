import { answerTo, ask, messagesOf } from "@/e2e/ask";
import { callsOf, expect, test, untilCall } from "@/e2e/fixtures";
import { type Person, signInAsGuest } from "@/e2e/person";
import {
  framesOf,
  messageIdOf,
  parseChunk,
  type ReadChunk,
  readUntil,
  textOf,
  typesOf,
} from "@/e2e/read-stream";
import { followAnswer } from "@/lib/api/generations";
import { textOf as textOfParts } from "@/lib/chats/part";

test.describe("where unread answers are stopped", () => {
  test.use({ appEnv: { STOP_UNREAD_AFTER: "2" } });

  test("an answer that nobody reads is stopped and kept, and one that is polled goes on", async ({
    ownApp,
    model,
  }) => {
    const person = await signInAsGuest(ownApp.url);
    const question = "Take your time [[tokens=1500 interval=20]]";
    const [unread, polled] = await Promise.all([ask(person, question), ask(person, question)]);
    for (const { response } of [unread, polled]) await readUntil(response, (read) => read.length > 10);

    const answer = async () => (await messagesOf(person, unread.chatId))[1];
    let state = await poll(person, polled.chatId, null);
    while ((await answer())?.status === "streaming") {
      state = await poll(person, polled.chatId, state.cursor);
    }
    expect((await poll(person, polled.chatId, state.cursor)).status).toBe("streaming");
    const kept = await answer();
    expect(kept).toMatchObject({ status: "stopped", error: null });
    const text = textOfParts(kept?.parts ?? []);
    expect(text.length).toBeGreaterThan(100);
    expect(answerTo(question).startsWith(text)).toBe(true);
    await untilCall(model, unread.chatId, ({ aborted }) => aborted);
  });
});

test.describe("where functions end", () => {
  test.use({ appEnv: { FUNCTION_SECONDS_MAX: "4" } });

  test("a reader who reconnects after the function's end has the exact text in one message, with a seam", async ({
    ownApp,
    model,
  }) => {
    const person = await signInAsGuest(ownApp.url);
    const question = "Longer than a function [[tokens=200 interval=20]]";
    const asked = await ask(person, question);
    const first = await readToEnd(asked.response);
    expect(["finish", "abort", "error"]).not.toContain(typesOf(first).at(-1));
    expect(answerTo(question).startsWith(textOf(first))).toBe(true);

    let read = first;
    while (typesOf(read).at(-1) !== "finish") {
      const path = `/api/chat/${asked.chatId}/stream?generation=${asked.generationId}`;
      const headers = { "Last-Event-ID": read.at(-1)?.id ?? "" };
      const more = await readToEnd(await person.request("GET", path, { headers }));
      // Another epoch's replay is the whole of it.
      read = typesOf(more)[0] === "start" ? more : [...read, ...more];
    }
    expect(messageIdOf(read)).toBe(messageIdOf(first));
    expect(textOf(read)).toBe(answerTo(question));
    const [, answer, ...others] = await messagesOf(person, asked.chatId);
    expect(others).toEqual([]);
    expect(textOfParts(answer?.parts ?? [])).toBe(answerTo(question));
    expect(answer).toMatchObject({
      status: "complete",
      metadata: { seams: [{ offset: expect.any(Number) }] },
    });
    expect(answer?.metadata.seams?.[0]?.offset).toBeGreaterThanOrEqual(textOf(first).length);
    expect(callsOf(model, asked.chatId)).toHaveLength(2);
  });
});

/** Reads until the server closes, with a terminal chunk or without. */
async function readToEnd(response: Response): Promise<ReadChunk[]> {
  const read: ReadChunk[] = [];
  for await (const { id, data } of framesOf(response)) {
    if (id !== null) read.push({ id, chunk: await parseChunk(data) });
  }
  return read;
}

async function poll(person: Person, chatId: string, cursor: string | null) {
  const query = cursor === null ? "" : `&after=${cursor}`;
  const headers = { Accept: "application/json" };
  const response = await person.request("GET", `/api/chat/${chatId}/stream?wait=1${query}`, { headers });
  return followAnswer.answer.parse(await response.json());
}
