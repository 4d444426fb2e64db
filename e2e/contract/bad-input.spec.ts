import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { ask, failureIn, messagesOf } from "@/e2e/ask";
import { callsOf, expect, test } from "@/e2e/fixtures";
import type { Person } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { listChats } from "@/lib/api/chats";
import { createId } from "@/lib/chats/id";

const hello = { id: "hello", role: "user", parts: [{ type: "text", text: "Hello" }] };
const saying = (text: string) => ({ ...hello, parts: [{ type: "text", text }] });

const refusedPosts: [string, Record<string, unknown>, number, string][] = [
  ["an unknown model", { message: hello, model: "nobody/nothing" }, 400, "invalid_request"],
  ["an unknown parent", { message: hello, parentId: "nowhere" }, 400, "invalid_request"],
  ["an unknown trigger", { message: hello, trigger: "pull" }, 400, "invalid_request"],
  ["no message", {}, 400, "invalid_request"],
  ["no messages in the list", { messages: [] }, 400, "invalid_request"],
  ["settings that are a word", { message: hello, settings: "hot" }, 400, "invalid_request"],
  ["settings that are a list", { message: hello, settings: [] }, 400, "invalid_request"],
  ["a temperature out of range", { message: hello, settings: { temperature: 9 } }, 400, "invalid_request"],
  ["an empty text", { message: saying("") }, 400, "invalid_request"],
  ["a text of white space", { message: saying(" \n\t ") }, 400, "invalid_request"],
  ["no parts", { message: { ...hello, parts: [] } }, 400, "invalid_request"],
  ["a part without its text", { message: { ...hello, parts: [{ type: "text" }] } }, 400, "invalid_request"],
  ["a message that the assistant said", { message: { ...hello, role: "assistant" } }, 400, "invalid_request"],
  ["a system message", { message: { ...hello, role: "system" } }, 400, "invalid_request"],
  ["a file", { message: { ...hello, parts: [{ type: "file", url: "data:," }] } }, 415, "unsupported"],
  ["a NUL in the text", { message: saying("a\0b") }, 400, "invalid_request"],
  ["half a surrogate pair in the text", { message: saying("a\ud83db") }, 400, "invalid_request"],
  ["a text that is too long", { message: saying("x".repeat(1_000_001)) }, 413, "too_large"],
  ["a message id with a slash", { message: { ...hello, id: "a/b" } }, 400, "invalid_request"],
  ["a message id that is too long", { message: { ...hello, id: "x".repeat(65) } }, 400, "invalid_request"],
  [
    "a chat to regenerate in that is none",
    { trigger: "regenerate-message", messageId: "x" },
    404,
    "not_found",
  ],
];

for (const [what, body, status, type] of refusedPosts) {
  test(`${what} is refused, and leaves no chat behind`, async ({ model, person }) => {
    const id = createId();
    const response = await person.request("POST", "/api/chat", { body: { id, ...body } });
    expect(await failureIn(response)).toMatchObject({ status, type, requestId: expect.any(String) });
    expect((await person.request("GET", `/api/chats/${id}`)).status).toBe(404);
    expect((await person.call(listChats)).items).toEqual([]);
    expect(callsOf(model, id)).toEqual([]);
  });
}

for (const id of ["", "a/b", "x".repeat(65), "ä", 7, null]) {
  test(`a chat id of ${JSON.stringify(id).slice(0, 12)} is refused`, async ({ person }) => {
    const response = await person.request("POST", "/api/chat", { body: { id, message: hello } });
    expect(await failureIn(response)).toMatchObject({ status: 400, type: "invalid_request" });
  });
}

for (const [what, body, headers, status, type] of [
  ["plain text", "Hello", { "Content-Type": "text/plain" }, 415, "unsupported"],
  ["a form", "id=x", { "Content-Type": "application/x-www-form-urlencoded" }, 415, "unsupported"],
  ["JSON that says it is plain text", "{}", { "Content-Type": "text/plain" }, 415, "unsupported"],
  ["broken JSON", '{"id":', {}, 400, "invalid_request"],
  ["nothing", "", {}, 400, "invalid_request"],
  ["a list", "[]", {}, 400, "invalid_request"],
  ["null", "null", {}, 400, "invalid_request"],
  [
    "an empty Idempotency-Key",
    JSON.stringify({ id: "x", message: hello }),
    { "Idempotency-Key": "" },
    400,
    "invalid_request",
  ],
  [
    "an Idempotency-Key with a space",
    JSON.stringify({ id: "x", message: hello }),
    { "Idempotency-Key": "a b" },
    400,
    "invalid_request",
  ],
  [
    "an Idempotency-Key that is too long",
    JSON.stringify({ id: "x", message: hello }),
    { "Idempotency-Key": "x".repeat(201) },
    400,
    "invalid_request",
  ],
] as const) {
  test(`a body of ${what} is refused`, async ({ person }) => {
    const response = await person.request("POST", "/api/chat", { body, headers });
    expect(await failureIn(response)).toMatchObject({ status, type });
    expect((await person.call(listChats)).items).toEqual([]);
  });
}

for (const [method, path, status] of [
  ["GET", "/api/chats/a%2Fb", 404],
  ["GET", `/api/chats/${"x".repeat(65)}`, 404],
  ["GET", "/api/chats/%00/messages", 404],
  ["GET", "/api/chat/a.b/stream", 404],
  ["POST", "/api/chat/a.b/stop", 404],
  ["GET", "/api/chats?limit=0", 400],
  ["GET", "/api/chats?limit=101", 400],
  ["GET", "/api/chats?limit=many", 400],
  ["GET", "/api/chats?cursor=nonsense", 400],
  ["GET", "/api/chats?cursor=W10", 400],
  ["GET", "/api/chats?archived=perhaps", 400],
  ["GET", "/api/chats?q=%00", 400],
  ["GET", "/api/chats/CHAT/messages?before=nonsense", 400],
  ["GET", "/api/chats/CHAT/messages?before=-1", 400],
  ["GET", "/api/chats/CHAT/messages?limit=1001", 400],
  ["GET", "/api/chats/CHAT/messages?path=passive", 400],
  ["GET", "/api/chat/CHAT/stream?after=nonsense", 400],
  ["GET", "/api/chat/CHAT/stream?after=1", 400],
  ["GET", "/api/chat/CHAT/stream?after=-1.-1", 400],
  ["GET", "/api/chat/CHAT/stream?generation=a%2Fb", 400],
  ["GET", "/api/chat/CHAT/stream?wait=31", 400],
] as const) {
  test(`${method} ${path.replace(/x{65}/, "<65 letters>")} is answered with ${status}`, async ({
    person,
  }) => {
    const { chatId, response: answer } = await ask(person, "Hello [[tokens=2]]");
    await readStream(answer);
    const response = await person.request(method, path.replace("CHAT", chatId), {
      body: method === "POST" ? {} : undefined,
    });
    expect(await failureIn(response)).toMatchObject({ status });
  });
}

for (const [what, change] of [
  ["nothing", {}],
  ["a field that nobody knows", { colour: "red" }],
  ["an empty title", { title: " " }],
  ["a title of 201 characters", { title: "x".repeat(201) }],
  ["a title with a NUL", { title: "a\0b" }],
  ["a model that nobody offers", { model: "nobody/nothing" }],
  ["settings that are a word", { settings: "hot" }],
  ["settings with a NUL", { settings: { stop: ["\0"] } }],
  ["a pin that is neither on nor off", { pinned: "yes" }],
] as const) {
  test(`a change to ${what} is refused`, async ({ person }) => {
    const { chatId, response: answer } = await ask(person, "Hello [[tokens=2]]");
    await readStream(answer);
    const response = await person.request("PATCH", `/api/chats/${chatId}`, { body: change });
    expect(await failureIn(response)).toMatchObject({ status: 400, type: "invalid_request" });
    expect((await person.call(listChats)).items[0]?.title).toBe("Hello [[tokens=2]]");
  });
}

for (const [what, settings] of [
  ["NUL", { stop: ["a\0b"] }],
  ["half a surrogate pair", { note: "a\ud83db" }],
] as const) {
  test(`settings with a ${what} are refused or stored, never an error of ours`, async ({ person }) => {
    const { response } = await ask(person, "Hello [[tokens=2]]", { body: { settings } });
    expect(response.status).toBeLessThan(500);
    await response.text();
  });
}

test("a title with half a surrogate pair is refused or stored, never an error of ours", async ({
  person,
}) => {
  const { chatId, response: answer } = await ask(person, "Hello [[tokens=2]]");
  await readStream(answer);
  const response = await person.request("PATCH", `/api/chats/${chatId}`, { body: { title: "a\ud83db" } });
  expect(response.status).toBeLessThan(500);
});

test("a body of nine megabytes is refused, and its connection serves the next request", async ({
  app,
  person,
}) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const body = `{"id":"x","filler":"${"x".repeat(9 * 1024 * 1024)}"}`;
  for (let round = 0; round < 3; round++) {
    const refused = await exchange(agent, app.url, person, "POST", "/api/chat", body);
    expect(refused.status).toBe(413);
    expect(JSON.parse(refused.text)).toMatchObject({ error: { type: "too_large" } });
    expect(await exchange(agent, app.url, person, "GET", "/api/chats", "")).toMatchObject({ status: 200 });
  }
  agent.destroy();
});

test("an unknown parent in an existing chat adds nothing to it", async ({ person }) => {
  const asked = await ask(person, "Hello [[tokens=2]]");
  await readStream(asked.response);
  const lost = await ask(person, "Lost", { chatId: asked.chatId, body: { parentId: "nowhere" } });
  expect(await failureIn(lost.response)).toMatchObject({ status: 400, details: { field: "parentId" } });
  expect(await messagesOf(person, asked.chatId)).toHaveLength(2);
});

test("a path of the API that does not exist is not a page", async ({ person }) => {
  expect((await person.request("GET", "/api/nothing")).status).toBe(404);
  expect((await person.request("DELETE", "/api/models")).status).toBe(405);
});

/** A request over a given agent, because `fetch` chooses its connection itself. */
async function exchange(
  agent: Agent,
  origin: string,
  person: Person,
  method: string,
  path: string,
  body: string,
) {
  const headers = { Cookie: person.cookie, "Content-Type": "application/json" };
  const sent = request(`${origin}${path}`, { agent, method, headers, signal: AbortSignal.timeout(10_000) });
  sent.end(body);
  const response: IncomingMessage = (await once(sent, "response"))[0];
  return { status: response.statusCode, text: await text(response) };
}
