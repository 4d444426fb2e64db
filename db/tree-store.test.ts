import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { createCastStore } from "@/db/cast-store";
import { createSettingsStore } from "@/db/settings-store";
import { createCasts } from "@/lib/characters/cast";
import { createChats } from "@/lib/chats/chats";
import { createId } from "@/lib/chats/id";
import type { Message } from "@/lib/chats/message";
import { textOf } from "@/lib/chats/part";
import { createTree } from "@/lib/chats/tree";
import { createLocalBus } from "@/lib/events/local-bus";
import { t } from "@/lib/i18n/translator";
import { directoryOf } from "@/lib/models/testing/directory-of";
import { createEventLog } from "./event-log";
import { forEachEngine } from "./testing/engines";
import { finish, text } from "./testing/scripted-provider";
import { ada, ask, bob, failure, options, setUpStreaming } from "./testing/streaming-core";
import { untilBlocked } from "./testing/until-blocked";
import { createTreeStore } from "./tree-store";

forEachEngine((engine) => {
  const { core } = setUpStreaming(engine);

  /** A chat with a tree that grows by `say`, and what a person does with it. */
  function setUp() {
    const { streaming, model, chats: chatStore } = core();
    const bus = createLocalBus();
    const models = directoryOf(model);
    const { progressOf, partsOf, stop } = streaming;
    const casts = createCasts({ store: createCastStore(engine.db), bus });
    const settings = createSettingsStore(engine.db);
    const chats = createChats({ store: chatStore, models, casts, settings, bus, progressOf, partsOf, stop });
    const tree = createTree({ store: createTreeStore(engine.db), chatStore, chats, models, bus, t });
    const chatId = createId();

    async function say(id: string, parentId: string | null, answer: string) {
      const sent = await streaming.send(ada, { ...ask(chatId, id, id), parentId }, options());
      model.play(text(answer), finish());
      await sent.done;
      return sent.generation.messageId;
    }

    const page = (of = chatId) => chats.messages(ada, of, { path: "active", limit: 100 });
    return {
      streaming,
      model,
      tree,
      chats,
      chatStore,
      chatId,
      say,
      page,
      at: (messageId: string) => ({ chatId, messageId }),
      shown: async (of = chatId) => (await page(of)).items.map(said),
      all: async () => (await chats.messages(ada, chatId, { limit: 100 })).items,
    };
  }

  test("a page names the versions of its places, and of no others", async () => {
    const { say, page } = setUp();
    const first = await say("a", null, "1");
    await say("b", first, "2");
    await say("c", first, "3");
    expect((await page()).forks).toEqual([{ parentId: first, messageIds: ["b", "c"] }]);
  });

  test("showing a version goes down to its newest message, and other devices are told where to", async () => {
    const { say, tree, at, shown } = setUp();
    const first = await say("a", null, "1");
    const second = await say("b", first, "2");
    await say("old", second, "3");
    const newest = await say("new", second, "4");
    await say("c", first, "5");
    const before = await createEventLog(engine.db).lastSeq("ada");

    const page = await tree.show(ada, at("b"));
    expect(page.items.map(said)).toEqual(["a", "1", "b", "2", "new", "4"]);
    expect(page.forks.map(({ messageIds }) => messageIds)).toContainEqual(["b", "c"]);
    expect(await shown()).toEqual(["a", "1", "b", "2", "new", "4"]);
    expect((await createEventLog(engine.db).after("ada", before, 10))?.map(({ event }) => event)).toEqual([
      { type: "chat-updated", chatId: at("b").chatId, leafMessageId: newest },
    ]);
  });

  test("a deleted message takes along what hangs on it and nothing else, and all of it comes back", async () => {
    const { say, tree, at, shown, all, chats, chatId } = setUp();
    const first = await say("a", null, "1");
    await say("b", first, "2");
    await say("c", first, "3");
    const before = await all();
    const { leafMessageId } = await chats.get(ada, chatId);
    expect((await tree.about(ada, at("c"))).messagesBelow).toBe(1);

    await tree.remove(ada, at("c"));
    expect((await all()).map(said)).toEqual(["a", "1", "b", "2"]);
    expect(await shown()).toEqual(["a", "1", "b", "2"]);
    await tree.remove(ada, at("c"));

    await tree.restore(ada, at("c"), { leafMessageId });
    expect(await all()).toEqual(before);
    expect(await shown()).toEqual(["a", "1", "c", "3"]);
  });

  test("where no version is left, what is above becomes the end; a chat may become empty", async () => {
    const { say, tree, at, shown } = setUp();
    const first = await say("a", null, "1");
    await say("b", first, "2");
    await tree.remove(ada, at("b"));
    expect(await shown()).toEqual(["a", "1"]);
    await tree.remove(ada, at(first));
    expect(await shown()).toEqual(["a"]);
    await tree.remove(ada, at("a"));
    expect(await shown()).toEqual([]);
    await say("d", null, "4");
    expect(await shown()).toEqual(["d", "4"]);
  });

  test("what was deleted before stays deleted when what is above it comes back", async () => {
    const { say, tree, at, all, page } = setUp();
    const first = await say("a", null, "1");
    await say("b", first, "2");
    await tree.remove(ada, at("b"));
    await engine.db.execute(
      sql`update message set deleted_at = deleted_at - interval '1 minute' where deleted_at is not null`,
    );
    await tree.remove(ada, at("a"));
    expect(await failure(tree.restore(ada, at("b"), {}))).toMatchObject({ type: "gone" });
    await tree.restore(ada, at("a"), {});
    expect((await all()).map(said)).toEqual(["a", "1"]);
    expect((await page()).forks).toEqual([]);
  });

  test("a branch in which an answer is being written is not deleted, another one is", async () => {
    const { say, tree, at, streaming, model, chatId, all } = setUp();
    const first = await say("a", null, "1");
    await say("b", first, "2");
    const { done } = await streaming.send(ada, { ...ask(chatId, "c", "c"), parentId: first }, options());
    for (const id of ["a", first, "c"]) {
      expect(await failure(tree.remove(ada, at(id)))).toMatchObject({ type: "generation_active" });
    }
    await tree.remove(ada, at("b"));
    model.play(text("3"), finish());
    await done;
    expect((await all()).map(said)).toEqual(["a", "1", "c", "3"]);
  });

  test("nothing is asked below a deleted message, nor is it asked again", async () => {
    const { say, tree, at, streaming, chatId } = setUp();
    const first = await say("a", null, "1");
    await say("b", first, "2");
    const late = { ...ask(chatId, "c", "c"), parentId: "b" };
    await tree.remove(ada, at("b"));
    expect(await failure(streaming.send(ada, late, options()))).toMatchObject({ type: "gone" });
    expect(
      await failure(streaming.send(ada, ask(chatId, "b", "b"), { ...options(), idempotencyKey: "other" })),
    ).toMatchObject({
      type: "gone",
    });
  });

  test("a message that is deleted between the reading and the asking gets no question below it", async () => {
    const { say, tree, at, chatStore, chatId, all } = setUp();
    const first = await say("a", null, "1");
    await say("b", first, "2");
    const slow = core({
      chats: {
        ...chatStore,
        async branch(...asked) {
          const found = await chatStore.branch(...asked);
          await tree.remove(ada, at("b"));
          return found;
        },
      },
    });
    const late = { ...ask(chatId, "c", "c"), parentId: "b" };
    expect(await failure(slow.streaming.send(ada, late, options()))).toMatchObject({ type: "not_found" });
    await tree.restore(ada, at("b"), {});
    expect((await all()).map(said)).toEqual(["a", "1", "b", "2"]);
  });

  test("a message that is deleted while another device shows it is not what the chat shows then", async () => {
    const { chatStore, say, chatId, at, shown } = setUp();
    const first = await say("a", null, "1");
    await say("b", first, "2");
    let changed: Promise<unknown> | undefined;
    await engine.db.transaction(async (tx) => {
      await createTreeStore(tx).remove({ userId: "ada", ...at("b") });
      changed = failure(chatStore.update("ada", chatId, { leafMessageId: "b" }));
      await untilBlocked(engine);
    });
    expect(await changed).toMatchObject({ type: "not_found" });
    expect(await shown()).toEqual(["a", "1"]);
  });

  test("what was deleted long ago is gone for good, and nothing else", async () => {
    const { say, tree, at, all } = setUp();
    const first = await say("a", null, "1");
    await say("b", first, "2");
    await say("c", first, "3");
    await tree.remove(ada, at("b"));
    await engine.db.execute(
      sql`update message set deleted_at = now() - interval '31 days' where deleted_at is not null`,
    );
    await tree.remove(ada, at("c"));
    await tree.forgetRemoved();
    expect(await failure(tree.restore(ada, at("b"), {}))).toMatchObject({ type: "not_found" });
    await tree.restore(ada, at("c"), {});
    expect((await all()).map(said)).toEqual(["a", "1", "c", "3"]);
  });

  test("an answer in the person's words stands beside the model's, once for each request, and is what the model is told", async () => {
    const { say, tree, at, shown, all, streaming, model, chatId } = setUp();
    const first = await say("a", null, "1");
    const before = await all();
    const edited = await tree.editAnswer(ada, at(first), "One", "key");
    expect(await tree.editAnswer(ada, at(first), "One", "key")).toEqual(edited);
    expect(edited).toMatchObject({
      parentId: "a",
      status: "complete",
      metadata: { edited: true },
      usage: null,
    });
    expect((await all()).slice(0, 2)).toEqual(before);
    expect(await all()).toHaveLength(3);
    expect(await shown()).toEqual(["a", "One"]);

    const { done } = await streaming.send(ada, ask(chatId, "b", "b"), options());
    expect(model.requests.at(-1)?.messages.map((message) => message.text)).toEqual(["a", "One", "b"]);
    expect(await failure(tree.editAnswer(ada, at(first), "Uno", null))).toMatchObject({
      type: "generation_active",
    });
    model.play(text("2"), finish());
    await done;
    expect(await failure(tree.editAnswer(ada, at("a"), "A", null))).toMatchObject({
      type: "invalid_request",
    });
  });

  test("a branch is copied into a new chat, once for each request, and the original is untouched", async () => {
    const { say, tree, at, all, chats, chatId, shown } = setUp();
    const first = await say("a", null, "1");
    await say("b", first, "2");
    await chats.update(ada, chatId, { title: "Numbers" });
    const before = [await chats.get(ada, chatId), await all()];

    const [copy, again] = await Promise.all([
      tree.branch(ada, at(first), "key"),
      tree.branch(ada, at(first), "key"),
    ]);
    expect(again.id).toBe(copy.id);
    expect(copy).toMatchObject({ title: "Branch of Numbers", leafMessageId: first });
    expect(await shown(copy.id)).toEqual(["a", "1"]);
    expect((await tree.branch(ada, at(first), null)).id).not.toBe(copy.id);
    expect([await chats.get(ada, chatId), await all()]).toEqual(before);
  });

  test("what is somebody else's does not exist, whatever is done to it", async () => {
    const { say, tree, at, all } = setUp();
    const first = await say("a", null, "1");
    const before = await all();
    for (const act of [
      () => tree.about(bob, at(first)),
      () => tree.show(bob, at(first)),
      () => tree.editAnswer(bob, at(first), "Mine", null),
      () => tree.remove(bob, at(first)),
      () => tree.restore(bob, at(first), {}),
      () => tree.branch(bob, at(first), null),
      () => tree.show(ada, at("nothing")),
      () => tree.remove(ada, at("nothing")),
      () => tree.branch(ada, at("nothing"), null),
    ]) {
      expect(await failure(act())).toMatchObject({ type: "not_found" });
    }
    expect(await all()).toEqual(before);
  });

  test("what is known of how an answer was written is told, and what is not known is null", async () => {
    const { say, tree, at } = setUp();
    const first = await say("a", null, "1");
    const { writings } = await tree.about(ada, at(first));
    expect(writings).toEqual([
      expect.objectContaining({ kind: "send", status: "completed", provider: expect.any(String) }),
    ]);
    expect(Date.parse(writings[0]?.finishedAt ?? "")).not.toBeNaN();
    expect((await tree.about(ada, at("a"))).writings).toEqual([]);
  });
});

function said({ parts }: Message): string {
  return textOf(parts);
}
