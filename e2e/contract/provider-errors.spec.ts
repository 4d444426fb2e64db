import { answerTo, ask, messagesOf } from "@/e2e/ask";
import { callsOf, expect, promptOf, test } from "@/e2e/fixtures";
import { providerKey } from "@/e2e/provider-settings";
import { errorOf, readStream, textOf } from "@/e2e/read-stream";
import { leakedKey } from "@/e2e/scripted-model/errors";
import { textOf as textOfParts } from "@/lib/chats/part";
import type { ChatErrorType } from "@/lib/errors/chat-error";

const rawWords = "Zanzibar quagga";

const refusals: [string, ChatErrorType, { retryable: boolean }][] = [
  ["400", "provider_error", { retryable: false }],
  ["401", "key_invalid", { retryable: false }],
  ["402", "provider_credits", { retryable: false }],
  ["403", "provider_refused", { retryable: false }],
  ["404", "provider_unavailable", { retryable: false }],
  ["408", "provider_timeout", { retryable: true }],
  ["413", "context_too_long", { retryable: false }],
  ["422", "provider_error", { retryable: false }],
  ["429", "provider_rate_limited", { retryable: true }],
  ["500", "provider_error", { retryable: true }],
  ["502", "provider_unavailable", { retryable: true }],
  ["503", "provider_unavailable", { retryable: true }],
  ["504", "provider_timeout", { retryable: true }],
  ["524", "provider_timeout", { retryable: true }],
  ["529", "provider_unavailable", { retryable: true }],
  ["context-length", "context_too_long", { retryable: false }],
];

for (const [which, type, more] of refusals) {
  test(`a provider that answers ${which} fails the answer as ${type}, and the question is kept`, async ({
    app,
    person,
  }) => {
    const question = `Will it fail? [[error=${which} leak]]`;
    const asked = await ask(person, question);
    const read = await readStream(asked.response);

    expect(asked.response.status).toBe(200);
    const error = errorOf(read);
    expect(error).toMatchObject({ type, provider: "openrouter", requestId: expect.any(String), ...more });
    expect(error.message).toMatch(/^[A-Z].*\.$/);
    const [kept, answer] = await messagesOf(person, asked.chatId);
    expect(textOfParts(kept?.parts ?? [])).toBe(question);
    expect(answer).toMatchObject({ status: "failed", parts: [], error });
    expectNoSecrets(JSON.stringify(read), JSON.stringify(answer), app.log());
  });
}

const breaks: [string, string, ChatErrorType][] = [
  [
    "an error with a number in mid-stream",
    `error-after=20 leak message="${rawWords}"`,
    "provider_unavailable",
  ],
  ["an error with a word in mid-stream", "error-after=20 code=server_error leak", "provider_unavailable"],
  ["an end without a finish", "end-after=20", "provider_error"],
  ["a connection that breaks", "cut-after=20", "provider_error"],
  ["a line that is not JSON", "garbage-after=20", "provider_error"],
];

for (const [what, directives, type] of breaks) {
  test(`${what} fails the answer, keeps what had arrived, and the next prompt says so`, async ({
    app,
    model,
    person,
  }) => {
    const question = `Will it break? [[tokens=60 interval=2 ${directives}]]`;
    const asked = await ask(person, question);
    const read = await readStream(asked.response);

    const error = errorOf(read);
    expect(error).toMatchObject({ type, provider: "openrouter", retryable: true });
    expect(textOf(read).trim().split(/\s+/)).toHaveLength(20);
    expect(answerTo("[[tokens=60]]").startsWith(textOf(read))).toBe(true);
    const [, answer] = await messagesOf(person, asked.chatId);
    expect(answer).toMatchObject({ status: "failed", error });
    expect(textOfParts(answer?.parts ?? [])).toBe(textOf(read));
    expectNoSecrets(JSON.stringify(read), JSON.stringify(answer), app.log());

    await readStream((await ask(person, "And now? [[tokens=3]]", { chatId: asked.chatId })).response);
    expect(promptOf(callsOf(model, asked.chatId)[1])).toEqual([
      { role: "user", text: question },
      { role: "assistant", text: textOf(read) },
      { role: "system", text: expect.stringContaining("cut off") },
      { role: "user", text: "And now? [[tokens=3]]" },
    ]);
  });
}

test("an error in the body of a 200 is a failure, not an empty answer", async ({ app, person }) => {
  const asked = await ask(person, `Fine? [[body-error=502 leak message="${rawWords}"]]`);
  const read = await readStream(asked.response);
  expect(errorOf(read)).toMatchObject({ type: "provider_unavailable", retryable: true });
  const [, answer] = await messagesOf(person, asked.chatId);
  expect(answer).toMatchObject({ status: "failed", parts: [] });
  expectNoSecrets(JSON.stringify(read), JSON.stringify(answer), app.log());
});

test("a provider that says when to come back is quoted in milliseconds", async ({ person }) => {
  const withHeader = await ask(person, "Now? [[error=429 retry-after=7]]");
  expect(errorOf(await readStream(withHeader.response))).toMatchObject({ retryAfterMs: 7000 });
  const inBody = await ask(person, "Now? [[error=503]]");
  expect(errorOf(await readStream(inBody.response))).toMatchObject({ retryAfterMs: 1000 });
});

test("a busy provider is given the time it asks for, once, and the reader is told", async ({
  model,
  person,
}) => {
  const asked = await ask(person, "Patience [[tokens=10 error=503 times=1]]");
  const read = await readStream(asked.response);
  expect(textOf(read)).toBe(answerTo("[[tokens=10]]"));
  expect(read.map(({ chunk }) => chunk)).toContainEqual({
    type: "data-waiting",
    data: { retryAfterMs: 1000 },
    transient: true,
  });
  expect(callsOf(model, asked.chatId)).toHaveLength(2);
  expect((await messagesOf(person, asked.chatId))[1]).toMatchObject({ status: "complete" });
});

test("after a failure the same question is answered again under a new message", async ({ model, person }) => {
  const asked = await ask(person, "Try [[tokens=10 error=503 times=2]]");
  const failed = await readStream(asked.response);
  expect(errorOf(failed).type).toBe("provider_unavailable");
  const [, failure] = await messagesOf(person, asked.chatId);
  const retry = await person.request("POST", "/api/chat", {
    body: { id: asked.chatId, trigger: "regenerate-message", messageId: failure?.id },
  });
  expect(textOf(await readStream(retry))).toBe(answerTo("[[tokens=10]]"));

  const messages = await messagesOf(person, asked.chatId);
  expect(messages.map(({ status }) => status)).toEqual(["complete", "failed", "complete"]);
  expect(messages[2]?.parentId).toBe(asked.messageId);
  expect(promptOf(callsOf(model, asked.chatId)[2])).toEqual([
    { role: "user", text: "Try [[tokens=10 error=503 times=2]]" },
  ]);
});

test("a failed answer is replayed as failed", async ({ person }) => {
  const asked = await ask(person, "Fail [[tokens=30 error-after=10]]");
  const read = await readStream(asked.response);
  const replay = await person.request(
    "GET",
    `/api/chat/${asked.chatId}/stream?generation=${asked.generationId}`,
  );
  const reread = await readStream(replay);
  expect(textOf(reread)).toBe(textOf(read));
  expect(errorOf(reread)).toEqual(errorOf(read));
});

for (const [finish, reason] of [
  ["length", "length"],
  ["content_filter", "content-filter"],
]) {
  test(`an answer that ends for ${reason} is complete, and says why it ended`, async ({ person }) => {
    const asked = await ask(person, `Short [[tokens=12 finish=${finish}]]`);
    const read = await readStream(asked.response);
    expect(read.at(-1)?.chunk).toMatchObject({ type: "finish", finishReason: reason });
    expect((await messagesOf(person, asked.chatId))[1]).toMatchObject({ status: "complete", error: null });
  });
}

test("an answer without a word is complete and empty, and the model is not told of it", async ({
  model,
  person,
}) => {
  const asked = await ask(person, "Say nothing", { model: "scripted/empty" });
  expect((await readStream(asked.response)).at(-1)?.chunk.type).toBe("finish");
  expect((await messagesOf(person, asked.chatId))[1]).toMatchObject({ status: "complete", parts: [] });
  await readStream((await ask(person, "Now say something [[tokens=2]]", { chatId: asked.chatId })).response);
  expect(promptOf(callsOf(model, asked.chatId)[1]).map(({ role }) => role)).toEqual(["user", "user"]);
});

function expectNoSecrets(...texts: string[]): void {
  for (const text of texts) {
    for (const secret of [providerKey, leakedKey, leakedKey.slice(0, 16), rawWords, "bad gateway"]) {
      expect(text).not.toContain(secret);
    }
  }
}
