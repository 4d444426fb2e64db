import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { createId } from "@/lib/chats/id";
import { createGenerationStore } from "./generation-store";
import { forEachEngine } from "./testing/engines";
import { readAll, textIn, untilText } from "./testing/read-answer";
import { finish, text } from "./testing/scripted-provider";
import { ada, ask, options, setUpStreaming } from "./testing/streaming-core";

const limited = { stopUnreadAfterMs: 300_000 };

forEachEngine((engine) => {
  const { core, abandoned } = setUpStreaming(engine);

  test("an answer that nobody has read for that long is stopped and kept, and not before", async () => {
    const { streaming, model, chats, generation, done, chatId } = await answering();
    await pass(299);
    await streaming.unread?.look();
    expect(await streaming.get(generation.id)).toMatchObject({ status: "streaming" });
    await pass(2);
    await streaming.unread?.look();
    await done;
    expect(await streaming.get(generation.id)).toMatchObject({ status: "stopped" });
    expect(await chats.message(chatId, generation.messageId)).toMatchObject({
      status: "stopped",
      parts: [{ type: "text", text: "as far as" }],
    });
    expect(model.isAborted()).toBe(true);
  });

  test("a reader of another instance keeps the answer going, and the time begins when the last one has left", async () => {
    const { streaming, generation, done } = await answering();
    const other = core(limited);
    const leave = other.streaming.readers.add(generation);
    for (let round = 0; round < 3; round++) {
      await pass(200);
      await other.streaming.unread?.look();
      await streaming.unread?.look();
    }
    leave();
    for (let round = 0; round < 2; round++) {
      await other.streaming.unread?.look();
      await pass(140);
      await streaming.unread?.look();
    }
    expect(await streaming.get(generation.id)).toMatchObject({ status: "streaming" });
    await pass(30);
    await streaming.unread?.look();
    await done;
    expect(await streaming.get(generation.id)).toMatchObject({ status: "stopped" });
  });

  test("a reader who comes at the last moment to another instance is in time", async () => {
    const { streaming, model, generation, done } = await answering();
    await pass(299);
    const store = createGenerationStore(engine.db);
    const noted = Promise.withResolvers<void>();
    const noteRead = (ids: readonly string[]) => store.noteRead(ids).then(noted.resolve, noted.reject);
    core({ ...limited, store: { ...store, noteRead } }).streaming.readers.add(generation);
    await noted.promise;
    await pass(2);
    await streaming.unread?.look();
    model.play(text(" it goes"), finish());
    await done;
    expect(textIn(await readAll(streaming, generation))).toBe("as far as it goes");
  });

  test("a long poll that was answered since the last look counts as reading", async () => {
    const { streaming, generation } = await answering();
    await pass(400);
    streaming.readers.add(generation)();
    await streaming.unread?.look();
    expect(await streaming.get(generation.id)).toMatchObject({ status: "streaming" });
    await pass(400);
    await streaming.unread?.look();
    await streaming.drain(0);
    expect(await streaming.get(generation.id)).toMatchObject({ status: "stopped" });
  });

  test("who takes an abandoned answer over gives its readers the whole time to come back", async () => {
    const { chatId, generation } = await abandoned("half");
    await pass(4_000);
    const { streaming, model } = core(limited);
    await streaming.recover("all");
    await streaming.unread?.look();
    expect(await streaming.get(generation.id)).toMatchObject({ status: "streaming" });
    model.play(text(" and half"), finish());
    expect(
      textIn(await readAll(streaming, (await streaming.find("ada", chatId, generation.id)) ?? generation)),
    ).toBe("half and half");
  });

  test("where no time is set an unread answer goes on, and its readers cost no statement", async () => {
    const store = createGenerationStore(engine.db);
    const noteRead = () => Promise.reject(new Error("a statement"));
    const { streaming, model } = core({ store: { ...store, noteRead, stopUnread: noteRead } });
    const { generation, done } = await streaming.send(ada, ask(createId(), "u1", "Hello"), options());
    streaming.readers.add(generation)();
    expect(streaming.unread).toBeNull();
    await pass(4_000);
    model.play(text("Hi"), finish());
    await done;
    expect(await streaming.get(generation.id)).toMatchObject({ status: "completed" });
  });

  /** An answer whose model has said "as far as" and is silent. */
  async function answering() {
    const process = core(limited);
    const chatId = createId();
    const { generation, done } = await process.streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    process.model.play(text("as far as"));
    await untilText(process.streaming, generation, "as far as");
    await untilText(core().streaming, generation, "as far as");
    return { ...process, chatId, generation, done };
  }

  /** Lets the time go by that counts for unread answers. */
  async function pass(seconds: number) {
    const span = sql`${`${seconds} seconds`}::interval`;
    await engine.db.execute(
      sql`update generation set created_at = created_at - ${span}, read_at = read_at - ${span}`,
    );
  }
});
