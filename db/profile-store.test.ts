import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { createProfileStore } from "@/db/profile-store";
import { chat } from "@/db/schema/chats";
import { forEachEngine } from "@/db/testing/engines";
import { ada, bob, failure, setUpStreaming } from "@/db/testing/streaming-core";
import { untilBlocked } from "@/db/testing/until-blocked";

forEachEngine((engine) => {
  setUpStreaming(engine);
  const userId = ada.userId;

  const store = () => createProfileStore(engine.db);
  const add = (id: string, more: object = {}) => store().create(userId, { id, name: id, ...more }, 10);
  const defaults = async () =>
    (await store().list(userId)).filter(({ isDefault }) => isDefault).map(({ id }) => id);

  test("the first profile is the default, and another one when the person says so", async () => {
    await add("one");
    await add("two");
    expect(await defaults()).toEqual(["one"]);
    await store().change(userId, "two", { isDefault: true });
    expect(await defaults()).toEqual(["two"]);
    await store().change(userId, "two", { isDefault: false });
    expect(await defaults()).toEqual([]);
    await add("three", { isDefault: true });
    expect(await defaults()).toEqual(["three"]);
  });

  test("whoever makes several the default at once has exactly one", async () => {
    for (const id of ["a", "b", "c", "d"]) await add(id);
    await Promise.all(["b", "c", "d"].map((id) => store().change(userId, id, { isDefault: true })));
    expect(await defaults()).toHaveLength(1);
  });

  test("profiles are changed and listed by name, and each person has their own", async () => {
    await add("b");
    await add("a", { description: "Tall" });
    await store().create(bob.userId, { id: "c", name: "c" }, 10);
    expect(await store().change(userId, "a", { name: "Z" })).toMatchObject({
      name: "Z",
      description: "Tall",
    });
    expect((await store().list(userId)).map(({ id }) => id)).toEqual(["b", "a"]);
    expect(await store().change(userId, "c", { name: "mine" })).toBeNull();
    expect(await store().remove(userId, "c")).toBe(false);
    expect(await store().list(bob.userId)).toMatchObject([{ name: "c", isDefault: true }]);
  });

  test("chats that used a profile have none when it is gone", async () => {
    await add("one");
    await engine.db.insert(chat).values({ id: "c", userId, profileId: "one" });
    expect(await store().remove(userId, "one")).toBe(true);
    expect(await engine.db.select({ profileId: chat.profileId }).from(chat)).toEqual([{ profileId: null }]);
  });

  test("a profile goes after its chats, which are taken in the order of their ids", async () => {
    await add("one");
    for (const id of ["b", "a"]) await engine.db.insert(chat).values({ id, userId, profileId: "one" });
    let removed: Promise<boolean> | undefined;
    await engine.db.transaction(async (tx) => {
      await tx.execute(sql`select from chat where id = 'a' for update`);
      removed = store().remove(userId, "one");
      await untilBlocked(engine);
      await tx.execute(sql`select from chat where id = 'b' for update`);
      await tx.execute(sql`select from profile where id = 'one' for update`);
    });
    expect(await removed).toBe(true);
  });

  test("nobody can have more profiles than there may be", async () => {
    await add("one");
    const failed = await failure(store().create(userId, { id: "two", name: "two" }, 1));
    expect(failed).toMatchObject({ type: "too_large", details: { profilesMax: 1 } });
  });
});
