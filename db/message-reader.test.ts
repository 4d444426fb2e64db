import { expect, test } from "vitest";
import { chat, message } from "./schema/chats";
import { forEachEngine } from "./testing/engines";
import { setUpStreaming } from "./testing/streaming-core";

forEachEngine((engine) => {
  const { core } = setUpStreaming(engine);

  test("how far a message lies above a cursor is counted on the visible branch of one's own chat", async () => {
    const { chats } = core();
    await engine.db.insert(chat).values({ id: "long", userId: "ada" });
    const path = Array.from({ length: 9 }, (_, index) => `m${index}`);
    for (const [index, id] of path.entries()) await add(id, path[index - 1] ?? null);
    await add("aside", "m3");
    await engine.db.update(chat).set({ leafMessageId: "m8" });

    expect(await chats.countFrom("ada", "long", "m2", null)).toBe(7);
    const newest = await chats.activePath("ada", "long", null, 4);
    const cursor = newest?.nextCursor ?? null;
    expect(newest?.items[0]?.id).toBe("m5");
    expect(await chats.countFrom("ada", "long", "m2", cursor)).toBe(3);
    const page = await chats.activePath("ada", "long", cursor, 3);
    expect(page?.items.map(({ id }) => id)).toEqual(["m2", "m3", "m4"]);
    expect(await chats.countFrom("ada", "long", "m6", cursor)).toBe(0);
    expect(await chats.countFrom("ada", "long", "aside", null)).toBe(0);
    expect(await chats.countFrom("ada", "long", "nowhere", null)).toBe(0);
    expect(await chats.countFrom("bob", "long", "m2", null)).toBe(0);
  });

  async function add(id: string, parentId: string | null) {
    await engine.db
      .insert(message)
      .values({ chatId: "long", id, parentId, role: "user", parts: [], status: "complete" });
  }
});
