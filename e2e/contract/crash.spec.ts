import { answerTo, ask, messagesOf } from "@/e2e/ask";
import { callsOf, expect, promptOf, test, untilCall } from "@/e2e/fixtures";
import { signInAsGuest } from "@/e2e/person";
import { chunksOf, errorOf, messageIdOf, type ReadChunk, readStream, textOf } from "@/e2e/read-stream";
import { getChat } from "@/lib/api/chats";
import { textOf as textOfParts } from "@/lib/chats/part";

test("kill -9 in the middle of answers keeps what was durable, marks it, and leaves the chats usable", async ({
  ownApp,
  model,
}) => {
  const person = await signInAsGuest(ownApp.url);
  const question = "Go on for long [[tokens=1000 interval=20]]";
  const asked = await ask(person, question);
  const silent = await ask(person, "Are you there?", { model: "scripted/silent" });
  const reading = readWhatComes(asked.response);
  const readingNothing = readWhatComes(silent.response);
  await untilCall(model, asked.chatId, ({ tokensSent }) => tokensSent > 60);
  await ownApp.kill();
  const read = await reading;
  await readingNothing;
  await ownApp.start();

  const [kept, partial, ...others] = await messagesOf(person, asked.chatId);
  expect(others).toEqual([]);
  expect(textOfParts(kept?.parts ?? [])).toBe(question);
  expect(partial).toMatchObject({
    id: messageIdOf(read),
    status: "interrupted",
    error: { type: "interrupted", retryable: true },
  });
  const text = textOfParts(partial?.parts ?? []);
  expect(answerTo(question).startsWith(text)).toBe(true);
  // Flushed every 120 ms at the latest: six of these words, and as many again for a busy machine.
  expect(wordsIn(text)).toBeGreaterThan(wordsIn(textOf(read)) - 12);
  expect((await messagesOf(person, silent.chatId))[1]).toMatchObject({ status: "interrupted", parts: [] });

  const path = `/api/chat/${asked.chatId}/stream`;
  expect((await person.call(getChat, { params: { chatId: asked.chatId } })).activeGeneration).toBeNull();
  expect((await person.request("GET", path)).status).toBe(204);
  const lastSeen = read.at(-1)?.id ?? "";
  const replay = await person.request("GET", `${path}?generation=${asked.generationId}&after=${lastSeen}`);
  const reread = await readStream(replay);
  expect(messageIdOf(reread)).toBe(messageIdOf(read));
  expect(textOf(reread)).toBe(text);
  expect(errorOf(reread)).toMatchObject({ type: "interrupted" });

  const again = await ask(person, question, asked);
  expect(again.generationId).toBe(asked.generationId);
  expect(errorOf(await readStream(again.response))).toMatchObject({ type: "interrupted" });
  expect(callsOf(model, asked.chatId)).toHaveLength(1);

  const next = await ask(person, "Once more [[tokens=5]]", { chatId: asked.chatId });
  expect(textOf(await readStream(next.response))).toBe(answerTo("Once more [[tokens=5]]"));
  expect(promptOf(callsOf(model, asked.chatId)[1])).toEqual([
    { role: "user", text: question },
    { role: "assistant", text },
    { role: "system", text: expect.stringContaining("cut off") },
    { role: "user", text: "Once more [[tokens=5]]" },
  ]);
});

test("SIGTERM sends the readers away, lets an answer come to its end, and the process with it", async ({
  ownApp,
  model,
}) => {
  const person = await signInAsGuest(ownApp.url);
  const question = "Almost done [[tokens=100 interval=20]]";
  const asked = await ask(person, question);
  const reading = readWhatComes(asked.response);
  await untilCall(model, asked.chatId, ({ tokensSent }) => tokensSent > 20);
  const ended = await ownApp.stop();
  const read = await reading;
  await ownApp.start();

  expect(ended.exitCode).toBe(0);
  expect(ended.ms).toBeLessThan(10_000);
  expect(textOf(read).length).toBeLessThan(answerTo(question).length);
  expect(terminalChunks).not.toContain(read.at(-1)?.chunk.type);
  const [, answer] = await messagesOf(person, asked.chatId);
  expect(answer).toMatchObject({ status: "complete" });
  expect(textOfParts(answer?.parts ?? [])).toBe(answerTo(question));

  const rest = await person.request(
    "GET",
    `/api/chat/${asked.chatId}/stream?generation=${asked.generationId}&after=${read.at(-1)?.id}`,
  );
  expect(textOf([...read, ...(await readStream(rest))])).toBe(answerTo(question));
});

test("SIGTERM ends an answer that takes too long as interrupted, within 25 seconds", async ({
  ownApp,
  model,
}) => {
  const person = await signInAsGuest(ownApp.url);
  const question = "Never done [[tokens=2000 interval=50]]";
  const asked = await ask(person, question);
  const reading = readWhatComes(asked.response);
  await untilCall(model, asked.chatId, ({ tokensSent }) => tokensSent > 20);
  const ended = await ownApp.stop();
  await reading;
  const sent = callsOf(model, asked.chatId)[0];
  await ownApp.start();

  expect(ended.exitCode).toBe(0);
  expect(ended.ms).toBeLessThan(25_000);
  expect(sent?.aborted).toBe(true);
  const [, answer] = await messagesOf(person, asked.chatId);
  expect(answer).toMatchObject({ status: "interrupted", error: { type: "interrupted" } });
  const text = textOfParts(answer?.parts ?? []);
  expect(answerTo(question).startsWith(text)).toBe(true);
  expect(wordsIn(text)).toBeGreaterThan((sent?.tokensSent ?? 0) - 5);
});

const terminalChunks = ["finish", "abort", "error"];

/** Reads until the connection ends, however it ends. */
async function readWhatComes(response: Response): Promise<ReadChunk[]> {
  const read: ReadChunk[] = [];
  try {
    for await (const chunk of chunksOf(response)) read.push(chunk);
  } catch {
    // That it breaks is what these tests are about.
  }
  return read;
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => word !== "").length;
}
