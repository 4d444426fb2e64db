import { answerTo, ask, failureIn, messagesOf } from "@/e2e/ask";
import { expect, test, untilCall } from "@/e2e/fixtures";
import type { Person } from "@/e2e/person";
import { messageIdOf, readStream, readUntil, reasoningOf, textOf, typesOf } from "@/e2e/read-stream";
import { scriptedReasoning } from "@/e2e/scripted-model/scripted-text";
import { scriptFor } from "@/e2e/scripted-model/turn";
import { getChat } from "@/lib/api/chats";
import { followAnswer } from "@/lib/api/generations";
import { createId } from "@/lib/chats/id";
import { isReasoningPart, textOf as textOfParts } from "@/lib/chats/part";

const question = "Tell it slowly [[tokens=120 interval=10]]";

test("a reader that leaves in the middle takes nothing from the answer", async ({ model, person }) => {
  const { response, chatId } = await ask(person, question);
  await readUntil(response, (read) => read.length > 10);

  await expect
    .poll(async () => (await person.call(getChat, { params: { chatId } })).activeGeneration?.readers)
    .toBe(0);
  await untilCall(model, chatId, ({ state }) => state === "completed");
  await expect.poll(async () => (await messagesOf(person, chatId))[1]?.status).toBe("complete");
  expect(textOfParts((await messagesOf(person, chatId))[1]?.parts ?? [])).toBe(answerTo(question));
});

for (const way of ["Last-Event-ID", "?after"] as const) {
  test(`a reader that comes back with ${way} is sent exactly what it has not seen`, async ({ person }) => {
    const { response, chatId } = await ask(person, question);
    const before = await readUntil(response, (read) => read.length > 30);
    const cursor = before.at(-1)?.id ?? "";
    const back =
      way === "?after"
        ? await person.request("GET", `/api/chat/${chatId}/stream?after=${cursor}`)
        : await person.request("GET", `/api/chat/${chatId}/stream`, { headers: { "Last-Event-ID": cursor } });
    const after = await readStream(back);

    expect(textOf([...before, ...after])).toBe(answerTo(question));
    expect(typesOf(after)).not.toContain("start");
    expect(typesOf(after).at(-1)).toBe("finish");
    expect([...before, ...after].map(({ id }) => id)).toEqual(
      [...before, ...after].map((_, index) => `1.${index + 1}`),
    );
  });
}

test("a reader without a cursor gets the text so far in few chunks, under the same message, and then the rest", async ({
  model,
  person,
}) => {
  const asked = await ask(person, question);
  await untilCall(model, asked.chatId, ({ tokensSent }) => tokensSent > 80);
  const joined = await person.request("GET", `/api/chat/${asked.chatId}/stream`);
  const [first, late] = await Promise.all([readStream(asked.response), readStream(joined)]);

  expect(joined.headers.get("x-generation-id")).toBe(asked.generationId);
  expect(messageIdOf(late)).toBe(messageIdOf(first));
  expect(textOf(late)).toBe(answerTo(question));
  expect(late.length).toBeLessThan(60);
  expect(late.at(-1)).toEqual(first.at(-1));
  expect(typesOf(late).filter((type) => type === "start" || type === "text-start")).toHaveLength(2);
});

test("two readers from the beginning are sent the same bytes", async ({ person }) => {
  const asked = await ask(person, question);
  const second = await person.request(
    "GET",
    `/api/chat/${asked.chatId}/stream?generation=${asked.generationId}`,
  );
  const [one, two] = await Promise.all([asked.response.text(), second.text()]);
  expect(withoutPings(two)).toBe(withoutPings(one));
});

test("the twenty-first reader of an answer is refused with a typed error, and let in when another leaves", async ({
  person,
}) => {
  const asked = await ask(person, "Slowly [[tokens=200 interval=20]]");
  const path = `/api/chat/${asked.chatId}/stream`;
  const others = await Promise.all(
    Array.from({ length: 19 }, async () => {
      const leaving = new AbortController();
      const response = await person.request("GET", path, { signal: leaving.signal });
      return { status: response.status, leave: () => leaving.abort() };
    }),
  );
  expect(new Set(others.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await failureIn(await person.request("GET", path))).toMatchObject({
    status: 429,
    type: "rate_limited",
    details: { reason: "too_many_readers" },
  });
  for (const { leave } of others) leave();
  const statusOfAnother = async () => {
    const response = await person.request("GET", path);
    await response.body?.cancel();
    return response.status;
  };
  await expect.poll(statusOfAnother).toBe(200);
  expect(textOf(await readStream(asked.response))).toBe(answerTo("[[tokens=200]]"));
});

test("an answer that has ended is replayed by its generation, from the beginning or from a cursor", async ({
  person,
}) => {
  const asked = await ask(person, "Briefly [[tokens=90 interval=5]]");
  const live = await readStream(asked.response);
  const path = `/api/chat/${asked.chatId}/stream?generation=${asked.generationId}`;

  const whole = await readStream(await person.request("GET", path));
  expect(messageIdOf(whole)).toBe(messageIdOf(live));
  expect(textOf(whole)).toBe(textOf(live));
  expect(whole.at(-1)).toEqual(live.at(-1));

  // A busy machine takes several tokens at once: how many chunks there are is not known.
  const middle = Math.floor(live.length / 2);
  expect(await readStream(await person.request("GET", `${path}&after=${live[middle]?.id}`))).toEqual(
    live.slice(middle + 1),
  );
  const seenAll = await person.request("GET", `${path}&after=${live.at(-1)?.id}`);
  expect(await seenAll.text()).not.toContain("id: ");
  const ofAnotherEpoch = await readStream(await person.request("GET", `${path}&after=7.3`));
  expect(textOf(ofAnotherEpoch)).toBe(textOf(live));
  expect(typesOf(ofAnotherEpoch)[0]).toBe("start");
});

test("where nothing is being written a reader gets 204, and for a generation that never was 404", async ({
  person,
}) => {
  const asked = await ask(person, "Done [[tokens=3]]");
  await readStream(asked.response);

  const idle = await person.request("GET", `/api/chat/${asked.chatId}/stream`);
  expect(idle.status).toBe(204);
  expect(await idle.text()).toBe("");
  const unknown = await person.request("GET", `/api/chat/${asked.chatId}/stream?generation=never`);
  expect(await failureIn(unknown)).toMatchObject({ status: 404, type: "not_found" });
});

test("in a chat that is not stored yet there is nothing to follow, which is no error", async ({ person }) => {
  const response = await person.request("GET", `/api/chat/${createId()}/stream`);
  expect(response.status).toBe(204);
});

test("long polling from cursor to cursor gives the same text, and says when it is over", async ({
  person,
}) => {
  const asked = await ask(person, question);
  const polls = await pollToEnd(person, asked.chatId, asked.generationId);
  const chunks = polls.flatMap((poll) => poll.chunks);
  const live = await readStream(asked.response);

  expect(chunks.map(({ id }) => id)).toEqual(live.map(({ id }) => id));
  expect(chunks.map(({ chunk }) => chunk)).toEqual(live.map(({ chunk }) => chunk));
  expect(polls.length).toBeGreaterThan(3);
  expect(polls.slice(0, -1).map(({ done }) => done)).not.toContain(true);
  expect(polls.at(-1)).toMatchObject({ generationId: asked.generationId, status: "completed", done: true });
});

test("a long poll with nothing new comes back in time, with its own cursor", async ({ model, person }) => {
  const asked = await ask(person, "Wait [[delay=600000]]");
  await untilCall(model, asked.chatId);
  const first = await poll(person, asked.chatId, asked.generationId, null, 0);
  const second = await poll(person, asked.chatId, asked.generationId, first.cursor, 1);

  expect(second).toEqual({ ...first, status: "streaming", chunks: [], done: false });
  await person.request("POST", `/api/chat/${asked.chatId}/stop`, { body: {} });
  const last = await poll(person, asked.chatId, asked.generationId, first.cursor, 5);
  expect(last).toMatchObject({ status: "stopped", done: true });
});

test("reasoning comes before the text, in parts of its own, and is stored", async ({ person }) => {
  const script = scriptFor("scripted/reasoning", "Think [[interval=2]]");
  const asked = await ask(person, "Think [[interval=2]]", { model: "scripted/reasoning" });
  const read = await readStream(asked.response);

  expect(reasoningOf(read)).toBe(scriptedReasoning(script));
  expect(textOf(read)).toBe(answerTo("Think [[interval=2]]", "scripted/reasoning"));
  expect(typesOf(read).lastIndexOf("reasoning-end")).toBeLessThan(typesOf(read).indexOf("text-start"));
  const [, answer] = await messagesOf(person, asked.chatId);
  expect(answer?.parts.map(({ type }) => type)).toEqual(["reasoning", "text"]);
  expect(answer?.parts.filter(isReasoningPart).map(({ text }) => text)).toEqual([scriptedReasoning(script)]);
});

test("every character survives, however the provider cuts its bytes", async ({ person }) => {
  const asked = await ask(person, "Say it", { model: "scripted/unicode" });
  const read = await readStream(asked.response);
  expect(textOf(read)).toBe(answerTo("Say it", "scripted/unicode"));
  const [, answer] = await messagesOf(person, asked.chatId);
  expect(textOfParts(answer?.parts ?? [])).toBe(textOf(read));
});

test("the end tells what the answer cost, and the message keeps it", async ({ person }) => {
  const asked = await ask(person, "Count [[tokens=20 prompt-tokens=50 cached=10 cost=0.0123]]");
  const read = await readStream(asked.response);
  const usage = { inputTokens: 50, outputTokens: 20, reasoningTokens: 0, cachedTokens: 10 };

  expect(read.at(-1)?.chunk).toMatchObject({
    type: "finish",
    finishReason: "stop",
    messageMetadata: { usage, costMicros: 12_300 },
  });
  expect((await messagesOf(person, asked.chatId))[1]).toMatchObject({ model: "scripted/burst", usage });
});

test("an answer of a megabyte arrives whole", async ({ person }) => {
  const asked = await ask(person, "All of it", { model: "scripted/long" });
  const text = textOf(await readStream(asked.response));
  expect(text === answerTo("All of it", "scripted/long")).toBe(true);
  const [, answer] = await messagesOf(person, asked.chatId);
  expect(textOfParts(answer?.parts ?? []) === text).toBe(true);
});

test("a reader of a silent answer is sent a comment before any proxy hangs up", async ({ person }) => {
  const asked = await ask(person, "Silence [[delay=600000]]");
  const decoder = new TextDecoder();
  let read = "";
  for await (const bytes of asked.response.body ?? []) {
    read += decoder.decode(bytes, { stream: true });
    if (read.includes("\n: ")) break;
  }
  expect(read).toMatch(/^: ping \d{13}\n\n/m);
  await person.request("POST", `/api/chat/${asked.chatId}/stop`, { body: {} });
});

async function pollToEnd(person: Person, chatId: string, generationId: string) {
  const polls = [await poll(person, chatId, generationId, null, 25)];
  for (let last = polls[0]; last && !last.done; last = polls.at(-1)) {
    polls.push(await poll(person, chatId, generationId, last.cursor, 25));
  }
  return polls;
}

async function poll(person: Person, chatId: string, generation: string, after: string | null, wait: number) {
  const query = new URLSearchParams({ generation, wait: String(wait), ...(after && { after }) });
  const response = await person.request("GET", `/api/chat/${chatId}/stream?${query}`, {
    headers: { Accept: "application/json" },
  });
  return followAnswer.answer.parse(await response.json());
}

/** Comments carry the server's time. */
function withoutPings(stream: string): string {
  return stream.replace(/^: ping \d+\n\n/gm, "");
}
