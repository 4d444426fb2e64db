import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { BranchEnd } from "@/lib/chats/chat-store";
import { createAccountStore } from "./account-store";
import { createGenerationStore } from "./generation-store";
import { chat } from "./schema/chats";
import { contextSummary } from "./schema/prompts";
import { usageEntry } from "./schema/usage";
import { createSummaryStore } from "./summary-store";
import { asking } from "./testing/bare-answer";
import { forEachEngine } from "./testing/engines";
import { ada, ask, failure, options, setUpStreaming } from "./testing/streaming-core";
import { createTreeStore } from "./tree-store";
import { createUsageReader } from "./usage-reader";

forEachEngine((engine) => {
  const { core } = setUpStreaming(engine);

  test("what is in a chat that is leaving is read no more", async () => {
    const place = await writing();
    const { chats } = core();
    const { userId, chatId, messageId } = place;
    const ends: BranchEnd[] = ["leaf"];
    const missing = async () => {
      const range = { userId, chatId: null, from: "2000-01-01", to: "2100-01-01", timeZone: "UTC" };
      const used = await createUsageReader(engine.db).items(range, "chat", null, 1);
      const found = {
        get: await chats.get(userId, chatId),
        branch: await chats.branch(userId, chatId, ends),
        messages: await chats.messages(userId, chatId, null, 10),
        activePath: await chats.activePath(userId, chatId, null, 10),
        countFrom: (await chats.countFrom(userId, chatId, messageId, null)) || null,
        fileUrl: await chats.fileUrl(userId, place, 0),
        aboutMessage: await createTreeStore(engine.db)
          .about(place)
          .catch(() => null),
        aboutSummary: await createSummaryStore(engine.db).about(place),
        title: used.items[0]?.name ?? null,
      };
      return Object.entries(found).flatMap(([name, value]) => (value === null ? name : []));
    };
    expect(await missing()).toEqual([]);
    await leave(chatId);
    expect(await missing()).toEqual([
      "get",
      "branch",
      "messages",
      "activePath",
      "countFrom",
      "fileUrl",
      "aboutMessage",
      "aboutSummary",
      "title",
    ]);
  });

  test("a chat that is leaving is changed by nobody", async () => {
    const place = await writing();
    const { userId, chatId, messageId } = place;
    await leave(chatId);
    const rowsOf = async () => [
      await engine.db.select().from(chat),
      await engine.db.select().from(contextSummary),
    ];
    const before = await rowsOf();
    const { chats } = core();
    const changed = { text: "Changed", sourceDigest: "digest" };
    const summaries = createSummaryStore(engine.db);
    expect(await chats.update(userId, chatId, { title: "Changed" })).toBeNull();
    expect(await chats.begin(userId, { ...newChat, id: chatId })).toBe(false);
    expect(await summaries.change(place, changed)).toBe(false);
    expect(await summaries.put({ chatId, throughMessageId: messageId, model: "other", ...changed })).toBe(
      false,
    );
    expect(await summaries.forget(place)).toBe(false);
    const tree = createTreeStore(engine.db);
    await tree.copyBranch(place, { chatId: "copy", title: "Copy" });
    const changes = [
      tree.show(place),
      tree.addVersion(place, { id: "version", partsFrom: (parts) => [...parts] }),
      tree.remove(place),
      tree.restore(place, null),
    ];
    expect(await Promise.all(changes.map(failure))).toMatchObject(changes.map(() => ({ type: "not_found" })));
    expect(await rowsOf()).toEqual(before);
  });

  test("nobody asks in a chat that is leaving", async () => {
    const { chatId, messageId } = await writing();
    await leave(chatId);
    const { streaming } = core();
    const asked = { id: chatId, messageId, trigger: "regenerate-message" as const };
    expect(await failure(streaming.send(ada, ask(chatId, "u2", "And?"), options()))).toMatchObject({
      type: "not_found",
    });
    expect(await failure(streaming.send(ada, asked, options()))).toMatchObject({ type: "not_found" });
    expect(await failure(streaming.continueAnswer(ada, chatId, messageId, options()))).toMatchObject({
      type: "not_found",
    });
  });

  test("a chat that is leaving does not come back with the chats of a time, whichever that is", async () => {
    const { userId, chatId } = await writing();
    await leave(chatId);
    const [left] = await engine.db.select().from(chat).where(eq(chat.id, chatId));
    expect(left?.deletedAt).not.toBeNull();
    expect(await createAccountStore(engine.db).untrashChats(userId, left?.deletedAt ?? new Date())).toBe(0);
    expect(await engine.db.select().from(chat)).toEqual([left]);
  });

  /** A question with a file, summed up, that is being answered. */
  async function writing() {
    const asked = asking();
    const { id, userId, chatId, question } = asked;
    const messageId = question?.id ?? "";
    const file = { type: "file" as const, mediaType: "text/plain", url: "/files/one" };
    const parts = [{ type: "text" as const, text: "Hello" }, file];
    await createGenerationStore(engine.db).start({
      ...asked,
      question: { id: messageId, parentId: null, parts },
    });
    await engine.db
      .insert(contextSummary)
      .values({ chatId, throughMessageId: messageId, text: "Summed up", sourceDigest: "digest", model: "m" });
    await engine.db.insert(usageEntry).values({
      id,
      kind: "answer",
      userId,
      chatId,
      model: "m",
      provider: "scripted",
      payer: "person",
      source: "reported",
    });
    return { userId, chatId, messageId };
  }

  async function leave(chatId: string) {
    const { chats } = core();
    await chats.keepMany("ada", [chatId], { deleted: true });
    expect(await chats.purge("ada", [chatId])).toMatchObject({ writing: [{ chatId }] });
  }
});

const newChat = { title: null, model: null, characterId: null, profileId: null, openings: [] };
