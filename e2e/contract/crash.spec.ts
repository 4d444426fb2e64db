import { answerTo, ask, messagesOf } from "@/e2e/ask";
import { callsOf, expect, promptOf, test, untilCall } from "@/e2e/fixtures";
import { leaveUnfinished, signInAsGuest } from "@/e2e/person";
import { errorOf, isWhole, messageIdOf, readStream, readWhatComes, textOf } from "@/e2e/read-stream";
import { getChat } from "@/lib/api/chats";
import { textOf as textOfParts } from "@/lib/chats/part";

test("for who does not want answers finished, kill -9 keeps what was durable, marks it, and leaves the chats usable", async ({
  ownApp,
  model,
}) => {
  const person = await signInAsGuest(ownApp.url);
  await leaveUnfinished(person);
  const question = "Go on for long [[tokens=1000 interval=20]]";
  const asked = await ask(person, question);
  const silent = await ask(person, "Are you there?", { model: "scripted/silent" });
  const { read, ended: readerLeft } = readWhatComes(asked.response);
  const readingNothing = readWhatComes(silent.response);
  await untilCall(model, asked.chatId, ({ tokensSent }) => tokensSent > 60);
  await ownApp.kill();
  await Promise.all([readerLeft, readingNothing.ended]);
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
  const { read, ended: readerLeft } = readWhatComes(asked.response);
  await untilCall(model, asked.chatId, ({ tokensSent }) => tokensSent > 20);
  const ended = await ownApp.stop();
  await readerLeft;
  await ownApp.start();

  expect(ended.exitCode).toBe(0);
  expect(ended.ms).toBeLessThan(10_000);
  expect(textOf(read).length).toBeLessThan(answerTo(question).length);
  expect(isWhole(read)).toBe(false);
  const [, answer] = await messagesOf(person, asked.chatId);
  expect(answer).toMatchObject({ status: "complete" });
  expect(textOfParts(answer?.parts ?? [])).toBe(answerTo(question));

  const rest = await person.request(
    "GET",
    `/api/chat/${asked.chatId}/stream?generation=${asked.generationId}&after=${read.at(-1)?.id}`,
  );
  expect(textOf([...read, ...(await readStream(rest))])).toBe(answerTo(question));
});

test("SIGTERM ends an answer that takes too long within 25 seconds: the next start finishes it, or it is interrupted where that is wanted", async ({
  ownApp,
  model,
}) => {
  const [person, other] = [await signInAsGuest(ownApp.url), await signInAsGuest(ownApp.url)];
  await leaveUnfinished(other);
  const question = "Not done in time [[tokens=480 interval=50]]";
  const [asked, left] = [await ask(person, question), await ask(other, question)];
  const readings = [readWhatComes(asked.response), readWhatComes(left.response)];
  await untilCall(model, left.chatId, ({ tokensSent }) => tokensSent > 20);
  const stopped = await ownApp.stop();
  await Promise.all(readings.map(({ ended }) => ended));
  const sent = callsOf(model, left.chatId)[0];
  await ownApp.start();

  expect(stopped.exitCode).toBe(0);
  expect(stopped.ms).toBeLessThan(25_000);
  expect(sent?.aborted).toBe(true);
  const [, interrupted] = await messagesOf(other, left.chatId);
  expect(interrupted).toMatchObject({ status: "interrupted", error: { type: "interrupted" } });
  const text = textOfParts(interrupted?.parts ?? []);
  expect(answerTo(question).startsWith(text)).toBe(true);
  expect(wordsIn(text)).toBeGreaterThan((sent?.tokensSent ?? 0) - 5);

  const rest = await person.request("GET", `/api/chat/${asked.chatId}/stream`);
  expect(textOf(await readStream(rest))).toBe(answerTo(question));
  expect((await messagesOf(person, asked.chatId))[1]).toMatchObject({
    status: "complete",
    metadata: { seams: [{}] },
  });
});

function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => word !== "").length;
}
