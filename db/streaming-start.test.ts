import { expect, test } from "vitest";
import { createId } from "@/lib/chats/id";
import { forEachEngine } from "./testing/engines";
import { readAll, textIn } from "./testing/read-answer";
import { finish, text } from "./testing/scripted-provider";
import { ada, ask, bob, failure, options, setUpStreaming } from "./testing/streaming-core";

forEachEngine((engine) => {
  const { core } = setUpStreaming(engine);

  test("an answer is stored as it was streamed, and the chat continues after it", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const first = await streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    model.play({ type: "reasoning-delta", text: "hm" }, text("Hi "), text("there"), finish());
    const chunks = await readAll(streaming, first.generation);
    await first.done;
    expect(textIn(chunks)).toBe("Hi there");
    expect(chunks.at(-1)).toMatchObject({ type: "finish", finishReason: "stop" });

    const second = await streaming.send(ada, ask(chatId, "u2", "And?"), options());
    model.play(text("More"), finish());
    await second.done;
    const stored = await chats.messages("ada", chatId, null, 10);
    expect(stored?.items.map(({ id, parentId, role, status }) => [id, parentId, role, status])).toEqual([
      ["u1", null, "user", "complete"],
      [first.generation.messageId, "u1", "assistant", "complete"],
      ["u2", first.generation.messageId, "user", "complete"],
      [second.generation.messageId, "u2", "assistant", "complete"],
    ]);
    expect(model.requests.at(-1)?.messages).toEqual([
      { role: "user", text: "Hello" },
      { role: "assistant", text: "Hi there" },
      { role: "user", text: "And?" },
    ]);
  });

  test("settings that come with a question count for it as they are, and change nothing of the chat", async () => {
    const { streaming, model } = core();
    const chatId = createId();
    for (const [id, settings] of [
      ["u1", { temperature: 1 }],
      ["u2", { topP: 0.5 }],
      ["u3", undefined],
    ] as const) {
      const { done } = await streaming.send(ada, { ...ask(chatId, id, "Hello"), settings }, options());
      model.play(text("Hi"), finish());
      await done;
    }
    expect(model.requests.map(({ settings: { maxOutputTokens, ...chosen } }) => chosen)).toEqual([
      { temperature: 1 },
      { topP: 0.5 },
      { temperature: 1 },
    ]);
  });

  test("twenty identical requests at once are one message, one generation and one call of the model", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const sent = await Promise.all(
      Array.from({ length: 20 }, () => streaming.send(ada, ask(chatId, "u1", "Hello"), options())),
    );
    expect(new Set(sent.map(({ generation }) => generation.id)).size).toBe(1);
    expect(sent.filter(({ done }) => done !== null)).toHaveLength(1);
    const reading = sent.map(({ generation }) => readAll(streaming, generation));
    model.play(text("one"), text(" and only"), finish());
    const streams = (await Promise.all(reading)).map((chunks) => textIn(chunks));
    expect(new Set(streams)).toEqual(new Set(["one and only"]));
    expect(model.requests).toHaveLength(1);
    expect((await chats.messages("ada", chatId, null, 10))?.items).toHaveLength(2);
  });

  test("another question meanwhile is refused with the active generation, and leaves nothing behind", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const first = await streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    const refused = await failure(streaming.send(ada, ask(chatId, "u2", "Me too"), options()));
    expect(refused).toMatchObject({
      type: "generation_active",
      details: { generationId: first.generation.id },
    });
    expect((await chats.messages("ada", chatId, null, 10))?.items.map(({ id }) => id)).not.toContain("u2");
    model.play(finish());
    await first.done;
  });

  test("somebody else's chat does not exist, whatever is tried with it", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const { generation, done } = await streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    expect(await failure(streaming.send(bob, ask(chatId, "b1", "Hi"), options()))).toMatchObject({
      type: "not_found",
    });
    expect(await failure(streaming.stop("bob", chatId, generation.id))).toMatchObject({ type: "not_found" });
    expect(await streaming.find("bob", chatId, generation.id)).toBeNull();
    expect(await streaming.find("bob", chatId, null)).toBeNull();
    expect(await chats.get("bob", chatId)).toBeNull();
    expect(await chats.messages("bob", chatId, null, 10)).toBeNull();
    expect(await chats.update("bob", chatId, { title: "mine" })).toBeNull();
    model.play(finish());
    await done;
  });

  test("of two people who make a chat under one id at the same moment, one gets it", async () => {
    const { streaming, model } = core();
    const chatId = createId();
    const both = await Promise.allSettled([
      streaming.send(ada, ask(chatId, "u1", "Mine"), options()),
      streaming.send(bob, ask(chatId, "u1", "Mine"), options()),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    model.play(finish());
  });

  test("a message id that another chat uses is no conflict", async () => {
    const { streaming, model } = core();
    for (const chatId of [createId(), createId()]) {
      const { done } = await streaming.send(ada, ask(chatId, "same", chatId), options());
      model.play(text("ok"), finish());
      await done;
      expect(model.requests.at(-1)?.messages).toEqual([{ role: "user", text: chatId }]);
    }
  });

  test("a refused message leaves no chat behind", async () => {
    const { streaming, chats } = core();
    const bodies = [
      { ...ask(createId(), "u1", "Hello"), model: "no/such-model" },
      { ...ask(createId(), "u1", "Hello"), parentId: "nowhere" },
      ask(createId(), "u1", "a\0b"),
      ask(createId(), "u1", "  "),
    ];
    for (const body of bodies) {
      expect(await failure(streaming.send(ada, body, options()))).toMatchObject({ type: "invalid_request" });
      expect(await chats.get("ada", body.id)).toBeNull();
    }
  });
});
