import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { createGuestMove } from "@/db/guest-move";
import { moveGuestKeys } from "@/db/move-guest-keys";
import { user } from "@/db/schema/accounts";
import { forEachEngine } from "@/db/testing/engines";
import { ada, bob, setUpStreaming } from "@/db/testing/streaming-core";
import { aKey, aMasterKey, openrouter, vaultUnderTest } from "@/db/testing/vault-under-test";
import { rotate } from "@/lib/vault/rotation";

const openai = { provider: "openai", name: "OpenAI", baseUrl: "https://api.openai.com/v1" };

forEachEngine((engine) => {
  setUpStreaming(engine);

  test("a guest's keys go along into the account and open there; the account's own stay", async () => {
    await engine.db.update(user).set({ isAnonymous: true }).where(eq(user.id, bob.userId));
    const { vault, keyRing, sealer, store } = vaultUnderTest(engine, { places: [openrouter, openai] });
    const guest = { ...bob, isGuest: true };
    await vault.set(guest, aKey("sk-or-of-the-guest-0000"));
    await vault.set(guest, aKey("sk-of-the-guest-0000", "openai"));
    await vault.set(ada, aKey("sk-of-the-account-0000", "openai"));
    await createGuestMove(engine.db, moveGuestKeys(sealer))(bob.userId, ada.userId);

    const keyOf = (provider: string, baseUrl: string) => keyRing.keyFor(ada.userId, provider, baseUrl);
    expect(await keyOf("openrouter", openrouter.baseUrl)).toMatchObject({
      apiKey: "sk-or-of-the-guest-0000",
    });
    expect(await keyOf("openai", openai.baseUrl)).toMatchObject({ apiKey: "sk-of-the-account-0000" });
    expect(await store.list(bob.userId)).toEqual([]);
    expect(await store.list(ada.userId)).toHaveLength(2);
  });

  test("a key that does not open goes along, says so, and opens once its master key is back", async () => {
    await engine.db.update(user).set({ isAnonymous: true }).where(eq(user.id, bob.userId));
    const [right, wrong] = [aMasterKey(), aMasterKey()];
    const before = vaultUnderTest(engine, { masterKeys: { current: right, former: [] } });
    await before.vault.set({ ...bob, isGuest: true }, aKey("sk-or-of-the-guest-0000"));
    const meanwhile = vaultUnderTest(engine, { masterKeys: { current: wrong, former: [] } });
    await createGuestMove(engine.db, moveGuestKeys(meanwhile.sealer))(bob.userId, ada.userId);
    expect((await meanwhile.vault.list(ada)).items).toMatchObject([{ state: "unreadable" }]);
    expect(await rotate(meanwhile)).toEqual({ resealed: 0, unreadable: 1 });

    const after = vaultUnderTest(engine, { masterKeys: { current: right, former: [wrong] } });
    const keyNow = ({ keyRing }: typeof after) =>
      keyRing.keyFor(ada.userId, openrouter.provider, openrouter.baseUrl);
    expect(await keyNow(after)).toMatchObject({ apiKey: "sk-or-of-the-guest-0000" });
    expect(await rotate(after)).toEqual({ resealed: 1, unreadable: 0 });
    const last = vaultUnderTest(engine, { masterKeys: { current: right, former: [] } });
    expect(await keyNow(last)).toMatchObject({ apiKey: "sk-or-of-the-guest-0000" });
  });
});
