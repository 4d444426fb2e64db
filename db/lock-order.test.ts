import { eq, sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import type { Kept, Purged } from "@/lib/chats/chat-store";
import type { Append, ChunkLog } from "@/lib/streaming/chunk-log";
import type { NewGeneration } from "@/lib/streaming/generation-store";
import { createChatStore } from "./chat-store";
import { createChunkLog } from "./chunk-log";
import { createGenerationStore } from "./generation-store";
import { chat, message } from "./schema/chats";
import { usageEntry } from "./schema/usage";
import { asking, endingAt, lastBatch } from "./testing/bare-answer";
import { forEachEngine } from "./testing/engines";
import { setUpStreaming } from "./testing/streaming-core";
import { untilBlocked } from "./testing/until-blocked";
import { lockChat, showLeaf } from "./tree-lock";
import { createTreeStore } from "./tree-store";

forEachEngine((engine) => {
  setUpStreaming(engine);

  test("an answer that ends while its chat is being changed waits for that and never in a ring", async () => {
    const asked = await begun(asking());
    let ended: Promise<boolean> | undefined;
    await whileChanged(asked, () => {
      ended = end(asked);
    });
    expect(await ended).toBe(true);
  });

  test("an answer that begins while its chat is being changed waits for that and never in a ring", async () => {
    const first = await begun(asking());
    await end(first);
    let next: Promise<NewGeneration> | undefined;
    await whileChanged(first, () => {
      next = begun({ ...asking(), chatId: first.chatId });
    });
    expect(await next).toMatchObject({ chatId: first.chatId });
  });

  test("a chat that is deleted for good while its answer ends goes after that, and never in a ring", async () => {
    const asked = await begun(asking());
    const chats = createChatStore(engine.db);
    await chats.keepMany("ada", [asked.chatId], { deleted: true });
    let purged: Promise<Purged> | undefined;
    await engine.db.transaction(async (tx) => {
      await tx.execute(sql`select from generation where id = ${asked.id} for update`);
      purged = chats.purge("ada", [asked.chatId]);
      await untilBlocked(engine);
      expect(await end(asked, tx)).toBe(true);
    });
    expect(await purged).toEqual({ chatIds: [asked.chatId], writing: [] });
    expect(await engine.db.select().from(usageEntry)).toMatchObject([{ id: asked.id, costMicros: 70 }]);
  });

  test("a chat that is deleted for good while its removed messages are forgotten goes, and never in a ring", async () => {
    const asked = await begun(asking());
    await end(asked);
    await engine.db.update(message).set({ deletedAt: new Date(0) });
    let forgotten: Promise<void> | undefined;
    await engine.db.transaction(async (tx) => {
      await tx.execute(sql`select from generation where id = ${asked.id} for update`);
      forgotten = createTreeStore(engine.db).forgetRemoved(0);
      await untilBlocked(engine);
      await tx.delete(chat).where(eq(chat.id, asked.chatId));
    });
    await forgotten;
    expect(await engine.db.$count(message)).toBe(0);
  });

  test("many chats are taken in the order of their ids, whichever way they are named", async () => {
    for (const id of ["b", "a"]) await engine.db.insert(chat).values({ id, userId: "ada" });
    let kept: Promise<Kept> | undefined;
    await engine.db.transaction(async (tx) => {
      await tx.execute(sql`select from chat where id = 'a' for update`);
      kept = createChatStore(engine.db).keepMany("ada", ["b", "a"], { pinned: true });
      await untilBlocked(engine);
      await tx.execute(sql`select from chat where id = 'b' for update`);
    });
    expect((await kept)?.chatIds.toSorted()).toEqual(["a", "b"]);
  });

  if (engine.name === "postgres") {
    test("answers are logged in the order of their ids as the database sorts them", async () => {
      const collate = (name: string) =>
        engine.db.execute(sql.raw(`alter table generation alter column id type text collate "${name}"`));
      onTestFinished(async () => void (await collate("default")));
      await collate("und-x-icu");
      // JavaScript sorts capitals first.
      for (const id of ["a", "B"]) await begun({ ...asking(), id });
      const appends = ["B", "a"].map((id) => appendTo(id));
      let logged: ReturnType<ChunkLog["append"]> | undefined;
      await engine.db.transaction(async (tx) => {
        await tx.execute(sql`select from generation where id = 'a' for update`);
        logged = createChunkLog(engine.db).append(appends);
        await untilBlocked(engine);
        await tx.execute(sql`select from generation where id = 'B' for update`);
      });
      expect((await logged)?.size).toBe(2);
    });
  }

  /** Takes the chat, and what tells of it only when `meanwhile` waits for it. */
  async function whileChanged({ userId, chatId, messageId }: NewGeneration, meanwhile: () => void) {
    const place = { userId, chatId, messageId };
    await engine.db.transaction(async (tx) => {
      await lockChat(tx, place);
      meanwhile();
      await untilBlocked(engine);
      await showLeaf(tx, place, messageId);
    });
  }

  async function begun(asked: NewGeneration): Promise<NewGeneration> {
    expect((await createGenerationStore(engine.db).start(asked)).outcome).toBe("started");
    return asked;
  }

  const appendTo = (generationId: string): Append => ({
    lease: { generationId, epoch: 1 },
    batch: lastBatch,
    upstreamId: null,
    hasToken: true,
  });

  const end = ({ id }: NewGeneration, db = engine.db) =>
    createGenerationStore(db).end({ generationId: id, epoch: 1 }, endingAt(70), [], lastBatch);
});
