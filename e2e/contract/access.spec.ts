import { ask, failureIn, messagesOf } from "@/e2e/ask";
import { expect, test, untilCall } from "@/e2e/fixtures";
import { nobody, type Person, signInAsGuest, signUp } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import type { ScriptedModel } from "@/e2e/scripted-model/start-scripted-model";
import { getChat, listChats } from "@/lib/api/chats";
import { createId } from "@/lib/chats/id";

/** Everything that can be tried with the ids of somebody's chat, whose answer is being written. */
function attempts({ chatId, messageId, generationId, answerId }: Property) {
  const text = (id: string) => ({ id, role: "user", parts: [{ type: "text", text: "Hello" }] });
  return [
    ["GET", `/api/chats/${chatId}`],
    ["GET", `/api/chats/${chatId}/messages`],
    ["GET", `/api/chats/${chatId}/messages?path=active`],
    ["PATCH", `/api/chats/${chatId}`, { title: "Mine now" }],
    ["PATCH", `/api/chats/${chatId}`, { leafMessageId: messageId }],
    ["DELETE", `/api/chats/${chatId}`, {}],
    ["POST", `/api/chats/${chatId}/restore`, {}],
    ["GET", `/api/chat/${chatId}/stream`],
    ["GET", `/api/chat/${chatId}/stream?generation=${generationId}`],
    ["GET", `/api/chat/${chatId}/stream?generation=${generationId}&after=1.1&wait=1`],
    ["POST", `/api/chat/${chatId}/stop`, {}],
    ["POST", `/api/chat/${chatId}/stop`, { generationId }],
    ["POST", "/api/chat", { id: chatId, message: text(createId()) }],
    ["POST", "/api/chat", { id: chatId, message: text(messageId) }],
    ["POST", "/api/chat", { id: chatId, message: text(createId()), parentId: answerId }],
    ["POST", "/api/chat", { id: chatId, message: text(messageId), messageId }],
    ["POST", "/api/chat", { id: chatId, trigger: "regenerate-message", messageId: answerId }],
  ] as const;
}

for (const [who, enter] of [
  ["another account", signUp],
  ["another guest", signInAsGuest],
] as const) {
  test(`for ${who} somebody's chat does not exist, on any route`, async ({ app, model, person }) => {
    const property = await create(person, model);
    const stranger = await enter(app.url);
    for (const [method, path, body] of attempts(property)) {
      const response = await stranger.request(method, path, { body });
      expect(await failureIn(response), `${method} ${path} ${JSON.stringify(body)}`).toMatchObject({
        status: 404,
        type: "not_found",
      });
    }
    expect((await stranger.call(listChats)).items).toEqual([]);
    await expectUntouched(person, property);
  });
}

test("without a session every route answers 401, and nothing happens", async ({ app, model, person }) => {
  const property = await create(person, model);
  const others = [
    ["GET", "/api/chats"],
    ["GET", "/api/models"],
    ["POST", "/api/chat", { nonsense: true }],
  ] as const;
  for (const [method, path, body] of [...attempts(property), ...others]) {
    const response = await nobody(app.url).request(method, path, { body });
    expect(await failureIn(response), `${method} ${path} ${JSON.stringify(body)}`).toMatchObject({
      status: 401,
      type: "unauthenticated",
    });
  }
  const forged = { Cookie: `parley.session_token=${createId()}.${createId()}` };
  const response = await nobody(app.url).request("GET", "/api/chats", { headers: forged });
  expect(response.status).toBe(401);
  await expectUntouched(person, property);
});

test("ids of somebody else's answer mean nothing in a chat of one's own", async ({ app, model, person }) => {
  const property = await create(person, model);
  const stranger = await signInAsGuest(app.url);
  const own = await ask(stranger, "Mine [[tokens=3]]");
  await readStream(own.response);

  const { generationId, messageId, answerId } = property;
  const message = { id: createId(), role: "user", parts: [{ type: "text", text: "Hello" }] };
  for (const [method, path, body, status] of [
    ["GET", `/api/chat/${own.chatId}/stream?generation=${generationId}`, undefined, 404],
    ["POST", `/api/chat/${own.chatId}/stop`, { generationId }, 404],
    ["PATCH", `/api/chats/${own.chatId}`, { leafMessageId: answerId }, 404],
    ["POST", "/api/chat", { id: own.chatId, trigger: "regenerate-message", messageId: answerId }, 404],
    ["POST", "/api/chat", { id: own.chatId, message, parentId: answerId }, 400],
    ["POST", "/api/chat", { id: own.chatId, message, parentId: messageId }, 400],
  ] as const) {
    const response = await stranger.request(method, path, { body });
    expect(response.status, `${method} ${path}`).toBe(status);
  }
  expect(await messagesOf(stranger, own.chatId)).toHaveLength(2);
  await expectUntouched(person, property);
});

test("another person's request under the same key and message id is a request of its own", async ({
  app,
  person,
}) => {
  const headers = { "Idempotency-Key": createId() };
  const messageId = createId();
  const one = await ask(person, "One [[tokens=3]]", { headers, messageId });
  const two = await ask(await signInAsGuest(app.url), "Two [[tokens=3]]", { headers, messageId });
  expect([one.response.status, two.response.status]).toEqual([200, 200]);
  expect(two.generationId).not.toBe(one.generationId);
  await Promise.all([readStream(one.response), readStream(two.response)]);
});

for (const [page, headers] of [
  ["another site", { Origin: "https://evil.example" }],
  ["another port of the same host", { Origin: "http://127.0.0.1:1" }],
  ["a page without an origin", { Origin: "null" }],
] as const) {
  test(`what ${page} sends in a person's name is refused`, async ({ model, person }) => {
    const property = await create(person, model);
    for (const [method, path, body] of attempts(property).filter(([method]) => method !== "GET")) {
      const response = await person.request(method, path, { body, headers });
      expect(await failureIn(response), `${method} ${path}`).toMatchObject({
        status: 403,
        type: "forbidden",
      });
    }
    const signOut = await person.request("POST", "/api/auth/sign-out", { body: {}, headers });
    expect(signOut.status).toBe(403);
    await expectUntouched(person, property);
  });
}

type Property = Awaited<ReturnType<typeof create>>;

/** A chat with an answer that is being written, and goes on being written. */
async function create(person: Person, model: ScriptedModel) {
  const asked = await ask(person, "Private [[tokens=2000 interval=20]]");
  await untilCall(model, asked.chatId, ({ tokensSent }) => tokensSent > 3);
  const [, answer] = await messagesOf(person, asked.chatId);
  return { ...asked, answerId: answer?.id ?? "" };
}

async function expectUntouched(person: Person, { chatId, generationId }: Property): Promise<void> {
  expect(await person.call(getChat, { params: { chatId } })).toMatchObject({
    title: "Private [[tokens=2000 interval=20]]",
    deletedAt: null,
    activeGeneration: { id: generationId, status: "streaming" },
  });
  expect(await messagesOf(person, chatId)).toHaveLength(2);
  await person.request("POST", `/api/chat/${chatId}/stop`, { body: {} });
}
