import { afterEach, expect, test, vi } from "vitest";
import { ChatFailure } from "@/app/_client/chat-failure";
import { drafts } from "@/app/_client/drafts/drafts";
import { personHere } from "@/app/_client/person/person-here";
import { createStorageInMemory } from "@/app/_client/testing/storage-in-memory";
import { createId } from "@/lib/chats/id";
import type { Message } from "@/lib/chats/message";
import { createChatSession } from "./chat-session";

const nothing = () => {};
const kept = createStorageInMemory();

vi.stubGlobal("document", {
  visibilityState: "visible",
  addEventListener: nothing,
  removeEventListener: nothing,
});
vi.stubGlobal("window", { addEventListener: nothing, removeEventListener: nothing });
vi.stubGlobal("navigator", { onLine: true });
vi.stubGlobal("localStorage", kept);
personHere.arrive("ada");

afterEach(() => {
  for (const key of Object.keys(kept)) delete kept[key];
});

test("an edit is kept, over a reload too, when the answer that runs cannot be stopped before it", async () => {
  const { session, questionId } = answered();
  serve((url) => (url.endsWith("/stop") ? refused("unavailable") : endless()));
  session.send("Go on");
  await vi.waitFor(() => expect(session.chat.messages.at(-1)?.metadata?.status).toBe("streaming"));
  await expect(session.editQuestion(questionId, "Rather this")).rejects.toBeInstanceOf(ChatFailure);
  expect(session.unsentEdit(questionId)).toMatchObject({
    text: "Rather this",
    refusal: { error: { type: "unavailable" } },
  });
  expect(Object.values(kept).join()).toContain("Rather this");
  session.forgetEdit(questionId);
  expect(session.unsentEdit(questionId)).toBeNull();
  expect(Object.values(kept).join()).not.toContain("Rather this");
});

test("an edit that was refused is kept with the reason, and can go to another model", async () => {
  const { session, questionId } = answered();
  const sent = serve(() => refused("quota_exceeded"));
  await expect(session.editQuestion(questionId, "Rather this")).rejects.toBeInstanceOf(ChatFailure);
  expect(session.unsentEdit(questionId)?.refusal.error.type).toBe("quota_exceeded");
  expect(session.chat.messages.map(({ id }) => id)).toContain(questionId);
  await session
    .editQuestion(questionId, "Rather this", { id: "some/cheaper", name: "Cheaper" })
    .catch(nothing);
  expect(sent.map(({ model }) => model)).toEqual(["some/first", "some/cheaper"]);
});

test("an edit that is tried again goes under its first id, for what may have arrived is not paid twice", async () => {
  const { session, questionId } = answered();
  const sent = serve(() => refused("unavailable"));
  const other = { id: "some/cheaper", name: "Cheaper" };
  await session.editQuestion(questionId, "Rather this").catch(nothing);
  await session.editQuestion(questionId, "Rather this").catch(nothing);
  await session.editQuestion(questionId, "Rather that").catch(nothing);
  await session.editQuestion(questionId, "Rather that", other).catch(nothing);
  await session.editQuestion(questionId, "Rather that", other).catch(nothing);
  const [first, again, otherText, otherModel, otherModelAgain] = sent.map(({ key }) => key);
  expect(again).toBe(first);
  expect(otherModelAgain).toBe(otherModel);
  expect(new Set([first, otherText, otherModel]).size).toBe(3);
});

test("a wording of an answer is stored once, however often it is saved", async () => {
  const { session, answerId } = answered();
  const sent = serve(() => refused("unavailable"));
  await session.editAnswer(answerId, "Rather this").catch(nothing);
  await session.editAnswer(answerId, "Rather this").catch(nothing);
  await session.editAnswer(answerId, "Rather that").catch(nothing);
  const stored = aMessage({ id: createId(), role: "assistant", parentId: session.chat.messages[0]?.id });
  serve(() => Response.json(stored), sent);
  await Promise.all([
    session.editAnswer(answerId, "Rather that"),
    session.editAnswer(answerId, "Rather that"),
  ]);
  await session.editAnswer(answerId, "Rather that");
  const [first, again, other, twice, atOnce, later] = sent.map(({ key }) => key);
  expect(again).toBe(first);
  expect([twice, atOnce]).toEqual([other, other]);
  expect(new Set([first, other, later]).size).toBe(3);
});

test("an edit of a question that is gone meanwhile is given back to the field, shown or not", async () => {
  const { session } = answered();
  const sent = serve(() => refused("not_found"));
  const given: string[] = [];
  const stop = drafts.onGivenBack((_, text) => given.push(text));
  expect(await session.editQuestion("elsewhere", "Rather this")).toBe("given-back");
  stop();
  expect(given).toEqual(["Rather this"]);
  expect(drafts.read(session.chatId)).toBe("Rather this");
  expect(sent).toEqual([]);
});

test("why a question could not be answered is told of it, until it is tried again", async () => {
  const { session, questionId } = unanswered();
  serve(() => refused("key_missing"));
  await session.answerAgain(questionId);
  expect(session.chat.messages[0]?.metadata?.error?.type).toBe("key_missing");
  serve(() => new Promise(nothing));
  void session.answerAgain(questionId);
  expect(session.chat.messages[0]?.metadata?.error).toBeNull();
});

function unanswered() {
  return opened([]);
}

function answered() {
  return opened(["complete"]);
}

function opened(answers: Message["status"][]) {
  const questionId = createId();
  const messages = [
    aMessage({ id: questionId, role: "user" }),
    ...answers.map((status) => aMessage({ role: "assistant", parentId: questionId, status })),
  ];
  const session = createChatSession(createId(), {
    messages,
    earlierCursor: null,
    forks: [],
    model: "some/first",
    settings: {},
    isAnswering: false,
    readAt: 0,
  });
  return { session, questionId, answerId: messages[1]?.id ?? "" };
}

function aMessage(fields: Partial<Message>): Message {
  return {
    id: createId(),
    parentId: null,
    role: "user",
    parts: [{ type: "text", text: "This" }],
    status: "complete",
    error: null,
    generationId: null,
    model: null,
    usage: null,
    metadata: {},
    createdAt: new Date(0).toISOString(),
    ...fields,
  };
}

/** Gives what is posted to it, and under which key. */
function serve(
  answer: (url: string) => Response | Promise<Response>,
  sent: Record<string, unknown>[] = [],
): Record<string, unknown>[] {
  vi.stubGlobal("fetch", async (url: string, { body, headers }: RequestInit = {}) => {
    const key = new Headers(headers).get("Idempotency-Key");
    if (body !== undefined) sent.push({ ...JSON.parse(String(body)), key });
    return await answer(url);
  });
  return sent;
}

/** An answer that has begun. */
function endless(): Response {
  const start = `id: 1\ndata: ${JSON.stringify({ type: "start", messageId: createId() })}\n\n`;
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(start)),
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream", "X-Generation-Id": "g" } });
}

function refused(type: string): Response {
  const error = {
    type,
    message: "No.",
    provider: null,
    retryable: false,
    retryAfterMs: null,
    requestId: "",
  };
  return Response.json({ error }, { status: 400 });
}
