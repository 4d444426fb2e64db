import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { createCredentialStore } from "@/db/credential-store";
import { createEventLog } from "@/db/event-log";
import { createInstallation } from "@/db/installation";
import { user } from "@/db/schema/accounts";
import { forEachEngine } from "@/db/testing/engines";
import { ada, bob, setUpStreaming } from "@/db/testing/streaming-core";
import { createId } from "@/lib/chats/id";

forEachEngine((engine) => {
  setUpStreaming(engine);

  const store = () => createCredentialStore(engine.db);

  function aCredential(userId: string | null, provider = "openrouter") {
    return {
      id: createId(),
      userId,
      provider,
      baseUrl: "https://openrouter.ai/api/v1",
      masterKeyId: "m1",
      sealed: `v1.${createId()}`,
      masked: "sk-or-…9f2c",
      verifiedAt: new Date("2026-11-20T10:00:00.123Z"),
      lastError: null,
    };
  }

  async function eventsOf(userId: string) {
    return (await createEventLog(engine.db).after(userId, 0, 100))?.map(({ event }) => event);
  }

  test("one key an owner and provider: a new one takes the former one's place, under an id of its own", async () => {
    const first = await store().put(aCredential(ada.userId));
    expect(await store().find(ada.userId, first.id)).toEqual(first);
    expect(first).toMatchObject({ verifiedAt: new Date("2026-11-20T10:00:00.123Z"), lastUsedAt: null });
    await store().noteUse(first.id, "key_invalid");
    const second = await store().put(aCredential(ada.userId));
    await store().put(aCredential(ada.userId, "openai"));
    await store().put(aCredential(null));
    expect(await store().find(ada.userId, first.id)).toBeNull();
    expect(second).toMatchObject({ lastUsedAt: null, lastError: null });
    expect((await store().list(ada.userId)).map(({ provider }) => provider).toSorted()).toEqual([
      "openai",
      "openrouter",
    ]);
    expect(await store().list(null)).toHaveLength(1);
  });

  test("twenty that are put at once leave one", async () => {
    const given = Array.from({ length: 20 }, () => aCredential(null));
    await Promise.all(given.map((each) => store().put(each)));
    const [left, ...others] = await store().list(null);
    expect(others).toEqual([]);
    expect(given.map(({ sealed }) => sealed)).toContain(left?.sealed);
  });

  test("somebody else's key, and the installation's, is neither found nor removed nor noted", async () => {
    const kept = [await store().put(aCredential(ada.userId)), await store().put(aCredential(null))];
    for (const { id } of kept) {
      expect(await store().find(bob.userId, id)).toBeNull();
      expect(await store().remove(bob.userId, id)).toBe(false);
      expect(await store().noteCheck(bob.userId, id, "key_invalid")).toBeNull();
    }
    expect(await store().remove(null, kept[0]?.id ?? "")).toBe(false);
    expect([...(await store().list(ada.userId)), ...(await store().list(null))]).toEqual(kept);
  });

  test("the newest refusal stands until the key has worked again; what it was told by its owner's pages", async () => {
    const { id } = await store().put(aCredential(ada.userId));
    expect(await store().noteUse(id, "provider_credits")).toEqual({ userId: ada.userId });
    expect(await store().noteUse(id, "provider_credits")).toEqual({ userId: null });
    expect(await store().find(ada.userId, id)).toMatchObject({
      lastError: { type: "provider_credits", at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) },
      lastUsedAt: expect.any(Date),
    });
    expect(await store().noteUse(id, null)).toEqual({ userId: ada.userId });
    expect(await store().find(ada.userId, id)).toMatchObject({ lastError: null });
    expect(await store().noteUse(id, null)).toEqual({ userId: null });
    expect(await store().noteUse("gone", "key_invalid")).toEqual({ userId: null });
    const told = { type: "credential-changed", credentialId: id };
    expect(await eventsOf(ada.userId)).toEqual([told, told, told]);
    expect(await eventsOf(bob.userId)).toEqual([]);
  });

  test("a check says when the key was good last, and why it is not", async () => {
    const { id } = await store().put({ ...aCredential(ada.userId), verifiedAt: null });
    expect(await store().noteCheck(ada.userId, id, "key_invalid")).toMatchObject({
      verifiedAt: null,
      lastError: { type: "key_invalid" },
    });
    expect(await store().noteCheck(ada.userId, id, "provider_credits")).toMatchObject({
      verifiedAt: expect.any(Date),
      lastError: { type: "provider_credits" },
    });
    expect(await store().noteCheck(ada.userId, id, null)).toMatchObject({ lastError: null });
  });

  test("what happens to the installation's key is told to its administrator, once there is one", async () => {
    await store().put(aCredential(null));
    await createInstallation(engine.db).claim(ada.userId);
    const { id } = await store().put(aCredential(null));
    expect(await store().noteUse(id, "key_invalid")).toEqual({ userId: ada.userId });
    await store().remove(null, id);
    expect(await eventsOf(ada.userId)).toHaveLength(3);
  });

  test("a person has their keys, a guest is one, and who is not there has nothing", async () => {
    await engine.db.update(user).set({ isAnonymous: true }).where(eq(user.id, bob.userId));
    const own = await store().put(aCredential(ada.userId));
    await store().put(aCredential(null));
    expect(await store().ofPerson(ada.userId)).toEqual({ isGuest: false, credentials: [own] });
    expect(await store().ofPerson(bob.userId)).toEqual({ isGuest: true, credentials: [] });
    expect(await store().ofPerson("nobody")).toBeNull();
  });

  test("sealing again changes only what is as it was", async () => {
    const [mine, theirs] = [
      await store().put(aCredential(ada.userId)),
      await store().put(aCredential(bob.userId)),
    ];
    const to = { masterKeyId: "m2", sealed: "v1.new" };
    const replaced = await store().put(aCredential(bob.userId));
    const changes = [mine, theirs].map(({ id, sealed }) => ({ id, from: sealed, to }));
    expect(await store().reseal(changes)).toBe(1);
    expect(await store().reseal(changes)).toBe(0);
    expect(await store().reseal([])).toBe(0);
    expect(await store().list(ada.userId)).toMatchObject([{ ...to, verifiedAt: mine.verifiedAt }]);
    expect(await store().list(bob.userId)).toEqual([replaced]);
    expect(await store().listSealedOtherwise("m2", "", 10)).toEqual([replaced]);
    expect(await store().listSealedOtherwise("m2", replaced.id, 10)).toEqual([]);
  });
});
