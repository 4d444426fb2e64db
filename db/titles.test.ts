import { expect, test } from "vitest";
import { createId } from "@/lib/chats/id";
import type { Untitled } from "@/lib/chats/titler";
import { AppError } from "@/lib/errors/app-error";
import { plainModel } from "@/lib/models/catalogue";
import { directoryOf } from "@/lib/models/testing/directory-of";
import type { StreamingParts } from "@/lib/streaming/streaming";
import { createEventLog } from "./event-log";
import { user } from "./schema/accounts";
import { chat } from "./schema/chats";
import { generation as generationTable } from "./schema/streaming";
import { forEachEngine } from "./testing/engines";
import { readAll } from "./testing/read-answer";
import { createScriptedProvider, finish, text } from "./testing/scripted-provider";
import { ada, ask, options, setUpStreaming } from "./testing/streaming-core";
import { createTitleStore } from "./title-store";

forEachEngine((engine) => {
  const { core, abandoned } = setUpStreaming(engine);

  test("a model's title takes the place of the question's, once, and is told", async () => {
    await engine.db.insert(chat).values({ id: "one", userId: "ada", title: "Why?", titleSource: "question" });
    const titles = createTitleStore(engine.db);
    expect(await titles.setModelTitle("one", "How tides work")).toBe(true);
    expect(await titles.setModelTitle("one", "Another")).toBe(false);
    expect((await core().chats.get("ada", "one"))?.title).toBe("How tides work");
    const told = await createEventLog(engine.db).after("ada", 0, 10);
    expect(told?.map(({ event }) => event)).toEqual([{ type: "chat-updated", chatId: "one" }]);
  });

  test("a person's own title is never replaced, nor what is in the trash", async () => {
    const question = { userId: "ada", title: "Why?", titleSource: "question" as const };
    await engine.db.insert(chat).values({ id: "one", ...question });
    await engine.db.insert(chat).values({ id: "two", ...question, deletedAt: new Date() });
    await core().chats.update("ada", "one", { title: "Mine" });
    const titles = createTitleStore(engine.db);
    expect(await titles.setModelTitle("one", "Theirs")).toBe(false);
    expect(await titles.setModelTitle("two", "Theirs")).toBe(false);
    expect(await titles.setModelTitle("nowhere", "Theirs")).toBe(false);
    expect((await core().chats.get("ada", "one"))?.title).toBe("Mine");
    expect(await createEventLog(engine.db).lastSeq("ada")).toBe(1);
  });

  test("a chat is named after its first whole answer, from the question and the answer", async () => {
    const { streaming, model, named } = naming();
    const settings = { temperature: 1, routing: { zeroDataRetention: true } };
    const first = await streaming.send(ada, { ...ask("chat", "u1", "Why tides?"), settings }, options());
    model.play(text("The moon."), finish());
    await first.done;
    expect(named).toEqual([
      {
        chatId: "chat",
        userId: "ada",
        model: "scripted/model",
        routing: { zeroDataRetention: true },
        question: "Why tides?",
        answer: "The moon.",
      },
    ]);
    await createTitleStore(engine.db).setModelTitle("chat", "Tides");
    const second = await streaming.send(ada, ask("chat", "u2", "And the sun?"), options());
    model.play(text("A little."), finish());
    await second.done;
    expect(named).toHaveLength(1);
  });

  test("a failed answer names nothing, and the next one makes up for it", async () => {
    const { streaming, model, named } = naming();
    const first = await streaming.send(ada, ask("chat", "u1", "Why tides?"), options());
    model.play(new AppError("provider_refused", "no"));
    await first.done;
    expect(named).toEqual([]);
    const second = await streaming.send(ada, ask("chat", "u2", "Please?"), options());
    model.play(text("The moon."), finish());
    await second.done;
    expect(named).toMatchObject([{ question: "Why tides?", answer: "The moon." }]);
  });

  test("a guest's chats are not named", async () => {
    const { streaming, model, named } = naming();
    const sent = await streaming.send({ ...ada, isGuest: true }, ask("chat", "u1", "Why?"), options());
    model.play(text("So."), finish());
    await sent.done;
    expect(named).toEqual([]);
  });

  test("a first answer that another process finishes is named then, with all of its text", async () => {
    const { generation, chatId } = await abandoned("It was once ");
    const { streaming, model, named } = naming();
    await streaming.recover("all");
    const reading = readAll(streaming, { ...generation, epoch: 2 });
    model.play(text("upon a time"), finish());
    await reading;
    await streaming.drain(1_000);
    const { model: answeredBy } = generation;
    expect(named).toEqual([
      { chatId, userId: "ada", model: answeredBy, question: "Hello", answer: "It was once upon a time" },
    ]);
  });

  test("the title of an answer that another process finishes is kept from the same hosts, at no price but the person's", async () => {
    for (const own of [undefined, { output: 3 }]) {
      const [dead, next] = [limited(), limited()];
      const settings = { routing: { zeroDataRetention: true, maxPrice: own } };
      const body = { ...ask(createId(), createId(), "Why?"), settings };
      const { generation } = await dead.streaming.send(ada, body, options());
      dead.model.play(text("It was once "));
      while (!JSON.stringify(await next.streaming.partsOf(generation.id)).includes("once"));
      await engine.db.update(generationTable).set({ leaseUntil: new Date(0) });
      await next.streaming.recover("expired");
      next.model.play(text("upon a time"), finish());
      await next.streaming.drain(1_000);
      expect(next.model.requests.at(-1)?.settings.routing?.maxPrice?.output).toBe(own?.output ?? 10);
      expect(next.named).toMatchObject([{ routing: { zeroDataRetention: true } }]);
      expect(next.named[0]?.routing?.maxPrice).toEqual(own);
      await dead.streaming.drain(0);
    }
  });

  test("a guest's answer that another process finishes names nothing, nor one that is interrupted", async () => {
    await abandoned("half ");
    const { streaming, model, named } = naming();
    await engine.db.update(user).set({ isAnonymous: true });
    await streaming.recover("all");
    model.play(text("and half"), finish());
    await streaming.drain(1_000);
    await engine.db.update(user).set({ isAnonymous: false, finishAnswers: false });
    await abandoned("half ");
    await streaming.recover("all");
    await engine.db.update(user).set({ finishAnswers: true });
    expect(named).toEqual([]);
  });

  /** A process whose model is OpenRouter's, under a limit. */
  function limited() {
    const listed = plainModel({ id: "scripted/model", provider: "scripted", inputPrice: 0, outputPrice: 5 });
    const model = {
      ...createScriptedProvider(),
      takesMaxPrice: true as const,
      listModels: async () => [{ ...listed, contextLength: 8_000 }],
    };
    return naming({ isLimited: async () => true, models: directoryOf(model) }, model);
  }

  function naming(parts: Partial<StreamingParts> = {}, provider = createScriptedProvider()) {
    const named: Untitled[] = [];
    const titler = { name: (wanted: Untitled) => void named.push(wanted), idle: async () => {} };
    return { ...core({ titler, ...parts }, provider), named };
  }
});
