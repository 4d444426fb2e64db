import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { createCastStore } from "@/db/cast-store";
import { createGuestMove } from "@/db/guest-move";
import { moveGuestChats } from "@/db/move-guest-chats";
import { user } from "@/db/schema/accounts";
import { character, profile } from "@/db/schema/characters";
import { forEachEngine } from "@/db/testing/engines";
import { ada, bob, setUpStreaming } from "@/db/testing/streaming-core";
import { type CastStore, createCasts } from "@/lib/characters/cast";
import { parseCard } from "@/lib/characters/parse-card";
import { createLocalBus } from "@/lib/events/local-bus";

const card = parseCard({ name: "Fox", description: "Red" });

forEachEngine((engine) => {
  setUpStreaming(engine);

  async function fill() {
    const profiles = ["default", "played", "chosen"].map((id) => ({
      id,
      userId: ada.userId,
      name: id,
      isDefault: id === "default",
    }));
    await engine.db.insert(profile).values(profiles);
    await engine.db.insert(character).values([
      { id: "fox", userId: ada.userId, name: "Fox", card, profileId: "played" },
      { id: "plain", userId: ada.userId, name: "Plain", card },
    ]);
  }

  test("the profile is the chat's, or the character's, or the default", async () => {
    await fill();
    const store = createCastStore(engine.db);
    const profileOf = async (characterId: string | null, profileId: string | null, userId = ada.userId) =>
      (await store.find(userId, { characterId, profileId })).profile?.id ?? null;
    expect(await profileOf("fox", "chosen")).toBe("chosen");
    expect(await profileOf("fox", null)).toBe("played");
    expect(await profileOf("fox", "gone")).toBe("played");
    expect(await profileOf("plain", null)).toBe("default");
    expect(await profileOf(null, null)).toBe("default");
    expect(await profileOf("fox", "chosen", bob.userId)).toBeNull();
  });

  test("a character is there for its person only, also from the trash", async () => {
    await fill();
    const store = createCastStore(engine.db);
    await engine.db.update(character).set({ deletedAt: new Date() }).where(eq(character.id, "fox"));
    const casting = { characterId: "fox", profileId: null };
    expect((await store.find(ada.userId, casting)).character).toMatchObject({ id: "fox", card });
    expect((await store.find(bob.userId, casting)).character).toBeNull();
  });

  test("what is asked for at each question is read once, until somebody changes it", async () => {
    await fill();
    const store = createCastStore(engine.db);
    const bus = createLocalBus();
    let reads = 0;
    let nowMs = 0;
    const counting: CastStore = {
      find: (...which) => {
        reads += 1;
        return store.find(...which);
      },
    };
    const casts = createCasts({ store: counting, bus, now: () => nowMs });
    const casting = { characterId: "fox", profileId: null };
    for (let time = 0; time < 3; time++) await casts.find(ada.userId, casting);
    expect(reads).toBe(1);
    await engine.db.update(profile).set({ name: "Renamed" });
    expect((await casts.find(ada.userId, casting)).profile?.name).toBe("played");
    bus.publish("cast");
    expect((await casts.find(ada.userId, casting)).profile?.name).toBe("Renamed");
    nowMs = 60_000;
    await casts.find(ada.userId, casting);
    expect(reads).toBe(3);
    await expect(casts.require(bob.userId, casting)).rejects.toMatchObject({
      details: { field: "characterId" },
    });
    await expect(casts.require(ada.userId, { ...casting, profileId: "none" })).rejects.toMatchObject({
      details: { field: "profileId" },
    });
  });

  test("what a guest made goes to their account, which keeps its own default", async () => {
    await fill();
    await engine.db.insert(profile).values({ id: "bobs", userId: bob.userId, name: "B", isDefault: true });
    await engine.db.update(user).set({ isAnonymous: true }).where(eq(user.id, ada.userId));
    await createGuestMove(engine.db, moveGuestChats)(ada.userId, bob.userId);
    const store = createCastStore(engine.db);
    const found = await store.find(bob.userId, { characterId: "fox", profileId: null });
    expect(found).toMatchObject({ character: { id: "fox" }, profile: { id: "played" } });
    expect((await store.find(bob.userId, { characterId: null, profileId: null })).profile?.id).toBe("bobs");
  });
});
