import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { createEventLog } from "@/db/event-log";
import { createPromptRecords } from "@/db/prompt-records";
import { message } from "@/db/schema/chats";
import { contextSummary } from "@/db/schema/prompts";
import { generation } from "@/db/schema/streaming";
import { createSettingsStore } from "@/db/settings-store";
import { createSummaryStore } from "@/db/summary-store";
import { createUsageLedger } from "@/db/usage-ledger";
import { createId } from "@/lib/chats/id";
import { createLocalBus } from "@/lib/events/local-bus";
import type { ModelRequest } from "@/lib/models/provider";
import { directoryOf } from "@/lib/models/testing/directory-of";
import { nobody } from "@/lib/prompts/cast";
import { createPromptComposer } from "@/lib/prompts/composer";
import { contextSettingsSchema } from "@/lib/prompts/context-settings";
import { historyEntries } from "@/lib/prompts/history";
import { createPreviews } from "@/lib/prompts/previews";
import { promptSettingsSchema } from "@/lib/prompts/prompt-settings";
import { digestOf } from "@/lib/prompts/recipe";
import { createSummaries } from "@/lib/prompts/summaries";
import { createSummaryTurns } from "@/lib/prompts/summary-turns";
import { createTokenCounter } from "@/lib/prompts/token-counter";
import { forEachEngine } from "./testing/engines";
import { readAll } from "./testing/read-answer";
import { createScriptedProvider, finish, text } from "./testing/scripted-provider";
import { ada, ask, bob, failure, options, setUpStreaming } from "./testing/streaming-core";

const aRoute = { payer: "person", credentialId: null } as const;

const prompt = promptSettingsSchema.parse({
  preSystemPrompt: "Pre, to {{user}}.",
  systemPrompt: "System.",
  postSystemPrompt: "Post.",
});

forEachEngine((engine) => {
  const setUp = setUpStreaming(engine);

  test("the person's prompt is sent with every question, and nobody else's", async () => {
    await createSettingsStore(engine.db).changePerson(ada.userId, { prompt });
    const { streaming, model } = roomy();
    const chatId = createId();
    await say(streaming, model, ask(chatId, "u1", "Hello"));
    await say(streaming, model, ask(chatId, "u2", "And?"));
    expect(model.requests.at(-1)?.messages).toEqual([
      { role: "system", text: "Pre, to User.\n---\nSystem." },
      { role: "user", text: "Hello" },
      { role: "assistant", text: "Said." },
      { role: "system", text: "Post." },
      { role: "user", text: "And?" },
    ]);
    await say(streaming, model, ask(createId(), "u1", "Hello"), bob);
    expect(model.requests.at(-1)?.messages).toEqual([{ role: "user", text: "Hello" }]);
  });

  test("what was sent can be seen afterwards, whatever has been set since, and by nobody else", async () => {
    const settings = createSettingsStore(engine.db);
    await settings.changePerson(ada.userId, { prompt });
    const { streaming, model, previews } = roomy();
    const chatId = createId();
    const generation = await say(streaming, model, ask(chatId, "u1", "Hello"));
    await say(streaming, model, ask(chatId, "u2", "And?"));
    await settings.changePerson(ada.userId, { prompt: promptSettingsSchema.parse({}) });
    const place = { chatId, messageId: generation.messageId };
    const { state, pieces } = await previews.asked(ada, place);
    expect(state).toBe("exact");
    expect(pieces.map(({ kind, text, messageId }) => [kind, text, messageId])).toEqual([
      ["pre", "Pre, to User.", null],
      ["system", "System.", null],
      ["post", "Post.", null],
      ["message", "Hello", "u1"],
    ]);
    const missing = { type: "not_found" };
    expect(await failure(previews.asked(bob, place))).toMatchObject(missing);
    expect(await failure(previews.asked(ada, { ...place, messageId: "u1" }))).toMatchObject(missing);
    expect(await failure(previews.asked(ada, { ...place, chatId: createId() }))).toMatchObject(missing);
  });

  test("what was sent before an earlier answer was gone on with is said to be no longer exact", async () => {
    const { streaming, model, previews } = roomy();
    const chatId = createId();
    const first = await say(streaming, model, ask(chatId, "u1", "Hello"));
    const second = await say(streaming, model, ask(chatId, "u2", "And?"));
    const parts = [{ type: "text", text: "Said and more." }];
    await engine.db.update(message).set({ parts }).where(eq(message.id, first.messageId));
    const place = { chatId, messageId: second.messageId };
    expect(await previews.asked(ada, place)).toMatchObject({ state: "changed" });
  });

  test("a request is exact with the parameters that its model took then, and says where it takes others now", async () => {
    const settings = { temperature: 0.5, seed: 7 };
    const chatId = createId();
    const choosy = roomy(null, ["temperature"]);
    const first = await say(choosy.streaming, choosy.model, { ...ask(chatId, "u1", "Hello"), settings });
    const taker = roomy();
    const second = await say(taker.streaming, taker.model, { ...ask(chatId, "u2", "And?"), settings });
    const early = { chatId, messageId: first.messageId };
    const late = { chatId, messageId: second.messageId };
    const sent = JSON.stringify({ temperature: 0.5 });
    expect(await choosy.previews.asked(ada, early)).toMatchObject({ state: "exact", request: sent });
    expect(await taker.previews.asked(ada, early)).toMatchObject({ state: "exact", request: sent });
    expect(await taker.previews.asked(ada, late)).toMatchObject({
      state: "exact",
      request: JSON.stringify(settings),
    });
    expect(await choosy.previews.asked(ada, late)).toMatchObject({ state: "rebuilt", request: sent });
    await engine.db.update(generation).set({ route: { ...aRoute, provider: "elsewhere" } });
    expect(await choosy.previews.asked(ada, early)).toMatchObject({ state: "rebuilt" });
  });

  test("what was sent with an answer's own beginning is not said to be exact", async () => {
    const { streaming, model, previews } = roomy();
    const chatId = createId();
    const { generation, done } = await streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    const place = { chatId, messageId: generation.messageId };
    model.play(text("Once upon"));
    await setUp.untilStored(streaming, generation, "Once upon");
    expect(await previews.asked(ada, place)).toMatchObject({ state: "exact", isContinuation: false });
    await streaming.stop("ada", chatId, null);
    await done;
    expect(await previews.asked(ada, place)).toMatchObject({ state: "exact" });
    const more = await streaming.continueAnswer(ada, chatId, place.messageId, options());
    model.play(text(" a time"), finish());
    await more.done;
    expect(await previews.asked(ada, place)).toMatchObject({ state: "continued", isContinuation: true });
  });

  test("an answer that was taken over is said to be, while it is written and afterwards, if it had begun", async () => {
    const { next, chatId, generation } = await setUp.abandoned("Once upon");
    const { previews } = roomy();
    const place = { chatId, messageId: generation.messageId };
    await next.streaming.recover("all");
    expect(await previews.asked(ada, place)).toMatchObject({ state: "taken-over", isContinuation: false });
    next.model.play(text(" a time"), finish());
    await readAll(next.streaming, { ...generation, epoch: 2 });
    await next.streaming.drain(0);
    expect(await previews.asked(ada, place)).toMatchObject({ state: "taken-over" });

    const silent = await setUp.abandoned({ type: "reasoning-delta", text: "hm" });
    await silent.next.streaming.recover("all");
    silent.next.model.play(text("Said."), finish());
    await readAll(silent.next.streaming, { ...silent.generation, epoch: 2 });
    await silent.next.streaming.drain(0);
    const { messageId } = silent.generation;
    expect(await previews.asked(ada, { chatId: silent.chatId, messageId })).toMatchObject({ state: "exact" });
  });

  test("a preview is what is sent then, of a new chat, a question to come and an answer to be written again", async () => {
    await createSettingsStore(engine.db).changePerson(ada.userId, { prompt });
    const { streaming, model, previews } = roomy();
    const chatId = createId();
    const sentTexts = () => model.requests.at(-1)?.messages.map(({ text }) => text);
    const whole = (view: Awaited<ReturnType<typeof previews.preview>>) => {
      const before = view.pieces.filter(({ kind }) => kind === "pre" || kind === "system");
      const rest = view.pieces.filter(({ kind }) => kind !== "pre" && kind !== "system");
      return [before.map(({ text }) => text).join(view.separator), ...rest.map(({ text }) => text)];
    };
    const first = await previews.preview(ada, { id: chatId, text: "Hello" });
    const answer = await say(streaming, model, ask(chatId, "u1", "Hello"));
    expect(whole(first)).toEqual(sentTexts());
    const second = await previews.preview(ada, { id: chatId, text: "And?" });
    await say(streaming, model, ask(chatId, "u2", "And?"));
    expect(whole(second)).toEqual(sentTexts());
    const aside = await previews.preview(ada, { id: chatId, text: "Other?", parentId: answer.messageId });
    await say(streaming, model, { ...ask(chatId, "u3", "Other?"), parentId: answer.messageId });
    expect(whole(aside)).toEqual(sentTexts());
    const again = await previews.preview(ada, { id: chatId, text: "", messageId: answer.messageId });
    const body = { id: chatId, trigger: "regenerate-message" as const, messageId: answer.messageId };
    await say(streaming, model, body);
    expect(whole(again)).toEqual(sentTexts());

    const missing = { type: "not_found" };
    expect(await failure(previews.preview(bob, { id: chatId, text: "Hello" }))).toMatchObject(missing);
    const nowhere = { id: chatId, text: "Hello", parentId: "nowhere" };
    expect(await failure(previews.preview(ada, nowhere))).toMatchObject(missing);
  });

  test("a process that takes an answer over sends what was sent, whatever has been set since", async () => {
    const settings = createSettingsStore(engine.db);
    await settings.changePerson(ada.userId, { prompt });
    const { dead, next, generation } = await setUp.abandoned("Once upon");
    await settings.changePerson(ada.userId, { prompt: promptSettingsSchema.parse({}) });
    await next.streaming.recover("all");
    next.model.play(text(" a time"), finish());
    await readAll(next.streaming, { ...generation, epoch: 2 });
    const sent = dead.model.requests[0]?.messages ?? [];
    expect(sent[0]).toEqual({ role: "system", text: "Pre, to User.\n---\nSystem." });
    expect(next.model.requests[0]?.messages.slice(0, sent.length)).toEqual(sent);
  });

  test("of a chat that is too long the newest part is sent, and the answer says what it was written without", async () => {
    const { streaming, model, chats, previews } = roomy(400);
    const chatId = createId();
    for (let turn = 0; turn < 12; turn++) {
      await say(streaming, model, ask(chatId, `u${turn}`, `Question ${turn} ${"word ".repeat(20)}`));
    }
    const sent = model.requests.at(-1)?.messages ?? [];
    expect(sent.length).toBeLessThan(23);
    expect(sent.at(-1)?.text).toContain("Question 11");
    const stored = (await chats.messages("ada", chatId, null, 100))?.items ?? [];
    const leftOut = stored.at(-1)?.metadata.leftOut;
    expect(leftOut?.messages).toBe(23 - sent.length);
    expect(stored.find(({ id }) => id === leftOut?.firstMessageId)?.parts).toEqual([
      { type: "text", text: sent[0]?.text },
    ]);
    expect(stored[1]?.metadata).toEqual({});
    const view = await previews.asked(ada, { chatId, messageId: stored.at(-1)?.id ?? "" });
    expect(view).toMatchObject({ state: "exact", leftOut, contextLength: 400 });
    expect(view.promptTokens).toBeLessThanOrEqual(400 - view.answerReserveTokens);
  });

  test("no longer an answer is asked for than has room, in a preview too, nor of an answer that is taken over", async () => {
    const { streaming, model, previews } = roomy(400);
    const asked = { ...ask(createId(), "u1", "Hello"), settings: { maxOutputTokens: 1_000 } };
    const view = await previews.preview(ada, { id: asked.id, text: "Hello", settings: asked.settings });
    expect(JSON.parse(view.request ?? "")).toEqual({ maxOutputTokens: 200 });
    const { generation } = await streaming.send(ada, asked, options());
    const begun = "word ".repeat(220);
    model.play(text(begun));
    await setUp.untilStored(streaming, generation, begun);
    expect(model.requests.at(-1)?.settings).toEqual({ maxOutputTokens: 200 });
    const next = roomy(400);
    await next.streaming.recover("all");
    next.model.play(text("and on"), finish());
    await readAll(next.streaming, { ...generation, epoch: 2 });
    expect(next.model.requests[0]?.settings.maxOutputTokens).toBeLessThan(150);
    await streaming.drain(0);
  });

  test("an answer that was stopped is gone on with in the room that it has left", async () => {
    const { streaming, model } = roomy(400);
    const asked = { ...ask(createId(), "u1", "Hello"), settings: { maxOutputTokens: 200 } };
    const { generation, done } = await streaming.send(ada, asked, options());
    const begun = "word ".repeat(220);
    model.play(text(begun));
    await setUp.untilStored(streaming, generation, begun);
    await streaming.stop("ada", asked.id, null);
    await done;
    const more = await streaming.continueAnswer(ada, asked.id, generation.messageId, options());
    model.play(text("and on"), finish());
    await more.done;
    expect(model.requests[1]?.settings.maxOutputTokens).toBeLessThan(150);
  });

  test("a question without room is refused before anything is stored, and one that was answered is not", async () => {
    const { streaming, model, chats, previews } = roomy(400);
    const chatId = createId();
    const long = ask(chatId, "u1", "word ".repeat(2_000));
    expect(await failure(streaming.send(ada, long, options()))).toMatchObject({
      type: "context_too_long",
      details: { contextLength: 400, model: "scripted/model" },
    });
    expect(await chats.get("ada", chatId)).toBeNull();
    expect(model.requests).toEqual([]);
    const view = await previews.preview(ada, { id: chatId, text: "word ".repeat(2_000) });
    expect(view).toMatchObject({ fits: false });

    const wide = roomy(100_000);
    const answered = await say(wide.streaming, wide.model, long);
    const again = await streaming.send(ada, long, options());
    expect(again).toMatchObject({ generation: { id: answered.id }, done: null });
  });

  test("a summary belongs to every branch through its message, is its person's to change, and goes with it", async () => {
    const { streaming, model, chats, summaries } = roomy();
    const chatId = createId();
    const first = await say(streaming, model, ask(chatId, "u1", "Hello"));
    await say(streaming, model, ask(chatId, "u2", "And?"));
    const store = createSummaryStore(engine.db);
    const through = await chats.branch("ada", chatId, [first]);
    const sourceDigest = digestOf(historyEntries(through?.path ?? []));
    const summary = {
      chatId,
      throughMessageId: first.messageId,
      text: "Greetings.",
      sourceDigest,
      model: "m",
    };
    expect(await store.put(summary)).toBe(true);
    expect(await store.put({ ...summary, text: "They greeted." })).toBe(true);
    expect(await store.put({ ...summary, throughMessageId: "nowhere" })).toBe(false);
    expect((await chats.branch("ada", chatId, ["leaf"]))?.summaries).toEqual([
      { throughMessageId: first.messageId, text: "They greeted.", sourceDigest, isEdited: false },
    ]);
    expect((await chats.branch("ada", chatId, [{ messageId: "u1" }]))?.summaries).toEqual([]);
    const shorter = { ...summary, throughMessageId: "u1", text: "Hello." };
    expect(await store.put(shorter)).toBe(true);
    const texts = async () =>
      (await chats.branch("ada", chatId, ["leaf"]))?.summaries.map(({ text }) => text);
    expect(await texts()).toEqual(["Hello.", "They greeted."]);

    const place = { chatId, messageId: first.messageId };
    expect(await failure(summaries.change(bob, place, { text: "Mine." }))).toMatchObject({
      type: "not_found",
    });
    await summaries.change(ada, place, { text: "We greeted." });
    const edited = { text: "We greeted.", isEdited: true };
    expect((await chats.branch("ada", chatId, ["leaf"]))?.summaries.at(-1)).toMatchObject(edited);
    expect(await store.put({ ...summary, text: "A model's." })).toBe(true);
    expect((await chats.branch("ada", chatId, ["leaf"]))?.summaries.at(-1)).toMatchObject(edited);
    const before = { before: "u2" };
    const isOn = false;
    expect(await summaries.get(ada, { chatId }, before)).toEqual({
      isOn,
      unsentWords: null,
      summary: {
        ...edited,
        throughMessageId: first.messageId,
        model: "m",
        isStale: false,
        messages: 2,
        updatedAt: expect.any(String),
        costMicros: null,
      },
    });
    expect(await failure(summaries.get(bob, { chatId }, before))).toMatchObject({ type: "not_found" });
    expect(await store.put({ ...summary, text: "Anew.", replacesEdited: true })).toBe(true);
    expect(await summaries.get(ada, { chatId }, before)).toMatchObject({
      summary: { text: "Anew.", isEdited: false },
    });
    expect(await failure(summaries.forget(bob, place))).toMatchObject({ type: "not_found" });
    await summaries.forget(ada, place);
    expect(await texts()).toEqual([]);
    expect(await summaries.get(ada, { chatId }, before)).toEqual({ isOn, summary: null, unsentWords: null });
    await store.put(summary);
    await engine.db.delete(message).where(eq(message.id, first.messageId));
    expect(await engine.db.select().from(contextSummary)).toEqual([]);
  });

  test("a summary is forgotten with what it was made from, and no other branch loses its own", async () => {
    const { streaming, model, chats, summaries } = roomy();
    const chatId = createId();
    const { messageId: parentId } = await say(streaming, model, ask(chatId, "u1", "Hello"));
    const one = await say(streaming, model, { ...ask(chatId, "u2", "One"), parentId });
    const other = await say(streaming, model, { ...ask(chatId, "u3", "Other"), parentId });
    const store = createSummaryStore(engine.db);
    for (const throughMessageId of [parentId, one.messageId, other.messageId]) {
      await store.put({ chatId, throughMessageId, text: throughMessageId, sourceDigest: "d", model: "m" });
    }
    await summaries.change(ada, { chatId, messageId: one.messageId }, { text: "Mine." });
    await summaries.forget(ada, { chatId, messageId: other.messageId });
    const textsOf = async ({ messageId }: typeof one) =>
      (await chats.branch("ada", chatId, [{ messageId }]))?.summaries.map(({ text }) => text);
    expect(await textsOf(one)).toEqual(["Mine."]);
    expect(await textsOf(other)).toEqual([]);
  });

  test("each change of a summary is told to its person's devices, once", async () => {
    const { streaming, model, chats, summaries } = roomy();
    const chatId = createId();
    const { messageId } = await say(streaming, model, ask(chatId, "u1", "Hello"));
    const store = createSummaryStore(engine.db);
    const events = createEventLog(engine.db);
    const sourceDigest = digestOf(historyEntries((await chats.branch("ada", chatId, ["leaf"]))?.path ?? []));
    const summary = { chatId, text: "Short.", sourceDigest, model: "m" };
    const place = { chatId, messageId };
    let seq = await events.lastSeq("ada");
    for (const change of [
      () => store.put({ ...summary, throughMessageId: "u1" }),
      () => store.put({ ...summary, throughMessageId: messageId }),
      () => summaries.change(ada, place, { text: "Mine." }),
      () => summaries.forget(ada, place),
    ]) {
      await change();
      seq++;
      expect(await events.after("ada", seq - 1, 10)).toEqual([
        { seq, event: { type: "chat-updated", chatId } },
      ]);
    }
    await failure(summaries.forget(ada, place));
    expect(await events.lastSeq("ada")).toBe(seq);
  });

  test("what a model had no room for is summed up, and told from the next question on", async () => {
    const context = contextSettingsSchema.parse({ summarises: true });
    await createSettingsStore(engine.db).changePerson(ada.userId, { context });
    const { streaming, model, chats, previews } = roomy(400);
    const chatId = createId();
    for (let turn = 0; turn < 12; turn++) {
      await say(streaming, model, ask(chatId, `u${turn}`, `Question ${turn} ${"word ".repeat(20)}`));
    }
    const view = await previews.preview(ada, { id: chatId, text: "And now?" });
    const through = view.leftOut?.firstMessageId ?? "";
    const branch = await chats.branch("ada", chatId, ["leaf"]);
    const index = branch?.path.findIndex(({ id }) => id === through) ?? 0;
    const told = branch?.path.slice(0, index) ?? [];
    await createSummaryStore(engine.db).put({
      chatId,
      throughMessageId: told.at(-1)?.id ?? "",
      text: "They talked.",
      sourceDigest: digestOf(historyEntries(told)),
      model: "m",
    });
    await say(streaming, model, ask(chatId, "last", "And now?"));
    expect(model.requests.at(-1)?.messages[0]).toMatchObject({
      role: "system",
      text: expect.stringContaining("They talked."),
    });
  });

  /** A process whose model can be told so many tokens. */
  function roomy(contextLength: number | null = null, parameters: string[] = []) {
    const counter = createTokenCounter({ load: () => Promise.reject(new Error("no tokenizer")) });
    const model = createScriptedProvider();
    const listModels = async () =>
      (await model.listModels()).map((listed) => ({ ...listed, contextLength, parameters }));
    const bodyOf = async ({ settings }: ModelRequest) => JSON.stringify(settings);
    const models = directoryOf({ ...model, listModels, bodyOf });
    const settings = createSettingsStore(engine.db);
    const composer = createPromptComposer({ settings, cast: nobody, counter });
    const core = setUp.core({ prompts: composer, models }, model);
    const records = createPromptRecords(engine.db);
    const previews = createPreviews({
      chats: core.chats,
      records,
      composer,
      models,
      ledger: createUsageLedger(engine.db),
      counter,
    });
    const summaries = createSummaries({
      chats: core.chats,
      records: createSummaryStore(engine.db),
      writer: { write: async () => "empty" },
      turns: createSummaryTurns(),
      limit: { take: async () => {} },
      models,
      settings,
      bus: createLocalBus(),
    });
    return { ...core, previews, summaries };
  }

  async function say(
    streaming: ReturnType<typeof roomy>["streaming"],
    model: ReturnType<typeof roomy>["model"],
    body: Parameters<typeof streaming.send>[1],
    actor = ada,
  ) {
    const { generation, done } = await streaming.send(actor, body, options());
    model.play(text("Said."), finish());
    await done;
    return generation;
  }
});
