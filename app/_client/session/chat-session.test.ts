import { beforeEach, expect, test, vi } from "vitest";
import { aChat } from "@/app/_chat/chat-list/a-chat";
import { drafts } from "@/app/_client/drafts/drafts";
import { newChatChoice } from "@/app/_client/drafts/new-chat-choice";
import { openOutbox } from "@/app/_client/outbox/browser-outbox";
import { personHere } from "@/app/_client/person/person-here";
import { createStorageInMemory } from "@/app/_client/testing/storage-in-memory";
import { createId } from "@/lib/chats/id";
import type { ModelSettings } from "@/lib/models/settings";
import { createChatSession } from "./chat-session";

const outbox = openOutbox("ada");
const nothing = () => {};

vi.stubGlobal("document", {
  visibilityState: "visible",
  addEventListener: nothing,
  removeEventListener: nothing,
});
vi.stubGlobal("window", {
  addEventListener: nothing,
  removeEventListener: nothing,
  history: { replaceState: nothing },
});
vi.stubGlobal("navigator", { onLine: true });
personHere.arrive("ada");

beforeEach(() => outbox.forgetAll().catch(nothing));

test("a question that waits for an answer goes out as it was asked, whatever was chosen since", async () => {
  const { asked, answer, sent } = serve();
  const session = createChatSession(createId(), stored({ model: "some/first", settings: { topP: 0.5 } }));
  session.send("One");
  await asked(1);
  session.chooseOnce({ id: "some/once", name: "Once" });
  session.send("Two");
  await session.chooseModel({ id: "some/other", name: "Other" });
  await session.changeSettings({ temperature: 2 });
  answer();
  await asked(2);
  expect(sent[0]).toMatchObject({ model: "some/first" });
  expect(sent[1]).toMatchObject({ model: "some/once", settings: { topP: 0.5 } });
  expect(sent[1]?.settings).toEqual({ topP: 0.5 });
  answer();
  session.send("Three");
  await asked(3);
  expect(sent[2]).toMatchObject({ model: "some/other" });
});

test("an answer that is begun elsewhere while another one is followed here is fetched after that one", async () => {
  const { asked, answer } = serve();
  const read = vi.fn(fetch);
  vi.stubGlobal("fetch", read);
  const reads = () => read.mock.calls.filter(([url]) => String(url).includes("/messages"));
  const chatId = createId();
  const session = createChatSession(chatId, stored({ model: null, settings: {} }));
  const leave = session.attach();
  session.send("One");
  await asked(1);
  session.learn({ type: "generation-started", chatId, generationId: "elsewhere", messageId: "m" });
  session.learn({
    type: "generation-ended",
    chatId,
    generationId: "elsewhere",
    messageId: "m",
    status: "completed",
  });
  expect(reads()).toEqual([]);
  answer();
  await vi.waitFor(() => expect(reads()).toHaveLength(1), withinMs);
  leave();
});

test("a question that waits for the default goes to what was the default", async () => {
  const { asked, answer, sent } = serve();
  const session = createChatSession(createId(), stored({ model: null, settings: {} }));
  session.chosen.learnDefault("some/default");
  session.send("One");
  await asked(1);
  session.send("Two");
  await session.chooseModel({ id: "some/other", name: "Other" });
  answer();
  await asked(2);
  expect(sent[1]).toMatchObject({ model: "some/default" });
});

test("a first question that waits over a reload goes to the model that was chosen, and so do those after it", async () => {
  const { asked, sent } = serve();
  const chatId = createId();
  const question = { id: createId(), chatId, text: "One", reason: "connection" as const, isNew: true };
  await outbox.put({ ...question, model: "some/cheap", settings: { temperature: 1 } }).catch(nothing);
  const session = createChatSession(chatId, null);
  expect(session.wouldAsk()).toMatchObject({ model: "some/cheap", settings: { temperature: 1 } });
  void session.deliver();
  await asked(1);
  expect(sent[0]).toMatchObject({ model: "some/cheap", settings: { temperature: 1 } });
});

test("what is chosen in a new chat while its first question waits is kept for those after it", async () => {
  const { asked, answer, changed } = serve();
  const chatId = createId();
  const question = { id: createId(), chatId, text: "One", reason: "connection" as const, isNew: true };
  await outbox.put({ ...question, model: "some/cheap", settings: {} }).catch(nothing);
  const session = createChatSession(chatId, null);
  await session.chooseModel({ id: "some/other", name: "Other" });
  void session.deliver();
  await asked(1);
  answer();
  await vi.waitFor(() => expect(changed).toEqual([{ model: "some/other" }]), withinMs);
});

test("a chat that is delivered while another new one is open leaves that one's choice and text alone", async () => {
  vi.stubGlobal("localStorage", createStorageInMemory());
  const { asked } = serve();
  const { delivered, chatId } = await waitingChat();
  const open = createChatSession(createId(), null);
  const close = open.attach();
  await open.chooseModel({ id: "some/other", name: "Other" });
  drafts.write(open.place(), "Half a");
  void delivered.deliver();
  await asked(1);
  await vi.waitFor(() => expect(delivered.place()).toBe(chatId), withinMs);
  expect(newChatChoice.read()?.model?.id).toBe("some/other");
  expect([drafts.read(open.place()), drafts.read(chatId)]).toEqual(["Half a", ""]);
  close();
});

test("what is chosen while a first question waits is no choice for the next new chat", async () => {
  vi.stubGlobal("localStorage", createStorageInMemory());
  serve();
  const { delivered } = await waitingChat();
  await delivered.chooseModel({ id: "some/other", name: "Other" });
  await delivered.changeSettings({ temperature: 1 });
  expect(newChatChoice.read()).toBeNull();
});

test("a question that was refused goes to the model that is named instead, and those after it too", async () => {
  const { asked, sent } = serve(["quota_exceeded"]);
  const session = createChatSession(createId(), stored({ model: "some/first", settings: {} }));
  session.chooseOnce({ id: "some/once", name: "Once" });
  session.send("One");
  await vi.waitFor(() => expect(session.chat.messages[0]?.metadata?.delivery).toBe("failed"), withinMs);
  let told = 0;
  session.chosen.subscribe(() => {
    told += 1;
  });
  const { id = "" } = session.chat.messages[0] ?? {};
  await session.resendWith(id, { id: "some/other", name: "Other" });
  expect(told).toBeGreaterThan(0);
  expect([session.chosen.next(), session.chosen.ofChat()]).toEqual(["some/other", "some/other"]);
  await asked(2);
  expect(sent.map(({ model }) => model)).toEqual(["some/once", "some/other"]);
});

test("a question that waited and was refused is asked again as it was, and takes nothing from what is chosen for others", async () => {
  const { asked, answer, sent } = serve(["", "quota_exceeded"]);
  const session = createChatSession(createId(), stored({ model: "some/first", settings: { topP: 0.5 } }));
  session.send("One");
  await asked(1);
  session.send("Two");
  session.chooseOnce({ id: "some/once", name: "Once" });
  answer();
  const failed = await refusedIn(session);
  session.resend(failed);
  await asked(3);
  expect(sent.map(({ model }) => model)).toEqual(["some/first", "some/first", "some/first"]);
  expect(sent[2]?.settings).toEqual({ topP: 0.5 });
  expect(session.chosen.once()).toBe("some/once");
});

test("a refused question is asked again with the model that was chosen since", async () => {
  const { asked, sent } = serve(["quota_exceeded"]);
  const session = createChatSession(createId(), stored({ model: "some/first", settings: {} }));
  session.send("One");
  const failed = await refusedIn(session);
  await session.chooseModel({ id: "some/other", name: "Other" });
  session.resend(failed);
  await asked(2);
  expect(sent.map(({ model }) => model)).toEqual(["some/first", "some/other"]);
});

/** A new chat whose first question waits for a connection. */
async function waitingChat() {
  const chatId = createId();
  const question = { id: createId(), chatId, text: "One", reason: "connection" as const, isNew: true };
  await outbox.put({ ...question, model: "some/cheap", settings: {} }).catch(nothing);
  return { chatId, delivered: createChatSession(chatId, null) };
}

/** The id of the question that was refused, once it is. */
async function refusedIn({ chat }: ReturnType<typeof createChatSession>): Promise<string> {
  const find = () => chat.messages.find(({ metadata }) => metadata?.delivery === "failed")?.id ?? "";
  await vi.waitFor(() => expect(find()).not.toBe(""), withinMs);
  return find();
}

/** A chat sends once a second at most. */
const withinMs = 10_000;

function stored(chosen: { model: string | null; settings: ModelSettings }) {
  return { messages: [], earlierCursor: null, forks: [], isAnswering: false, readAt: 0, ...chosen };
}

/** A server that takes every question, and answers the oldest open one when the test says so. */
function serve(refusals: string[] = []) {
  const sent: Record<string, unknown>[] = [];
  const changed: unknown[] = [];
  const open: (() => void)[] = [];
  vi.stubGlobal("fetch", async (url: string, { method, body }: RequestInit) => {
    if (method === "PATCH") {
      changed.push(JSON.parse(String(body)));
      return Response.json(aChat({ id: url.split("/").at(-1) ?? "" }));
    }
    if (method === "GET") return refused("not_found");
    const { settings, ...rest } = JSON.parse(String(body));
    sent.push({ settings, ...rest });
    const refusal = refusals.shift();
    if (refusal) return refused(refusal);
    const { readable, writable } = new TransformStream<string, string>();
    const writer = writable.getWriter();
    const say = (id: number, chunk: object) => writer.write(`id: ${id}\ndata: ${JSON.stringify(chunk)}\n\n`);
    void say(1, { type: "start", messageId: createId() });
    open.push(() => {
      void say(2, { type: "finish" });
      void writer.close();
    });
    return new Response(readable.pipeThrough(new TextEncoderStream()), {
      headers: { "Content-Type": "text/event-stream", "X-Generation-Id": createId() },
    });
  });
  return {
    sent,
    changed,
    asked: (count: number) => vi.waitFor(() => expect(sent).toHaveLength(count), withinMs),
    answer: () => open.shift()?.(),
  };
}

function refused(type: string): Response {
  const error = {
    type,
    message: "No.",
    provider: null,
    retryable: false,
    retryAfterMs: null,
    requestId: "r",
  };
  return Response.json({ error }, { status: 404 });
}
