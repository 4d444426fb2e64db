import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { createEventLog } from "@/db/event-log";
import { createInstallation } from "@/db/installation";
import { user } from "@/db/schema/accounts";
import { credential } from "@/db/schema/vault";
import { forEachEngine } from "@/db/testing/engines";
import { ada, bob, failure, setUpStreaming } from "@/db/testing/streaming-core";
import { aKey, aMasterKey, openrouter, vaultUnderTest } from "@/db/testing/vault-under-test";
import { keyAccessSchema } from "@/lib/vault/key-access";

const administrator = { ...ada, isAdministrator: true };
const secret = "sk-or-v1-aaaabbbbccccddddeeeeffff00001111";
const shared = { ...aKey("sk-or-v1-of-the-installation-9999"), scope: "installation" as const };
const { provider, baseUrl } = openrouter;

forEachEngine((engine) => {
  setUpStreaming(engine);

  const vaultOf = (
    ...options: Parameters<typeof vaultUnderTest> extends [unknown, ...infer Rest] ? Rest : []
  ) => vaultUnderTest(engine, ...options);

  test("a key is checked, stored sealed, listed masked and used by its person alone", async () => {
    const { vault, keyRing, checked } = vaultOf();
    const { key, problem } = await vault.set(ada, aKey(secret));
    expect(problem).toBeNull();
    expect(key).toMatchObject({
      scope: "person",
      masked: "sk-or-…1111",
      state: "ready",
      verifiedAt: expect.any(String),
      lastUsedAt: null,
      lastError: null,
    });
    expect(checked).toEqual([{ baseUrl, apiKey: secret }]);
    expect(await keyRing.keyFor(ada.userId, provider, baseUrl)).toEqual({
      apiKey: secret,
      payer: "person",
      credentialId: key.id,
    });
    expect(await keyRing.keyFor(bob.userId, provider, baseUrl)).toBeNull();
    expect(await vault.list(ada)).toEqual({
      items: [key],
      providers: [{ ...openrouter, canConnect: true, source: "person" }],
    });
    expect(await vault.list(bob)).toMatchObject({ items: [], providers: [{ source: null }] });
  });

  test("one that the provider refuses is not stored, and the former one stays", async () => {
    const { vault, keyRing } = vaultOf();
    await vault.set(ada, aKey(secret));
    expect(await failure(vault.set(ada, aKey("sk-or-invalid")))).toMatchObject({ type: "key_invalid" });
    expect(await keyRing.keyFor(ada.userId, provider, baseUrl)).toMatchObject({ apiKey: secret });
  });

  test("one whose account is empty is stored and said to be; one that cannot be checked is stored unverified", async () => {
    const { vault } = vaultOf();
    expect(await vault.set(ada, aKey("sk-or-broke"))).toMatchObject({
      problem: "provider_credits",
      key: { verifiedAt: expect.any(String), lastError: { type: "provider_credits" } },
    });
    expect(await vault.set(ada, aKey("sk-or-unreachable"))).toMatchObject({
      problem: "provider_unavailable",
      key: { verifiedAt: null, lastError: null },
    });
  });

  test("a stored key is checked again when its person asks, and what came of it stays", async () => {
    const { vault, store } = vaultOf();
    const { key } = await vault.set(ada, aKey(secret));
    await store.noteUse(key.id, "key_invalid");
    expect(await vault.verify(ada, key.id)).toMatchObject({ problem: null, key: { lastError: null } });
    const broke = await vault.set(ada, aKey("sk-or-broke"));
    expect(await vault.verify(ada, broke.key.id)).toMatchObject({ problem: "provider_credits" });
    const { key: unchecked } = await vault.set(ada, aKey("sk-or-unreachable"));
    expect(await vault.verify(ada, unchecked.id)).toEqual({
      key: unchecked,
      problem: "provider_unavailable",
    });
  });

  test("a removed key is gone for every process at the next question", async () => {
    const { vault, keyRing, bus } = vaultOf();
    const other = vaultOf({ bus });
    const { key } = await vault.set(ada, aKey(secret));
    await keyRing.keyFor(ada.userId, provider, baseUrl);
    await other.keyRing.keyFor(ada.userId, provider, baseUrl);
    await vault.remove(ada, key.id);
    expect(await keyRing.keyFor(ada.userId, provider, baseUrl)).toBeNull();
    expect(await other.keyRing.keyFor(ada.userId, provider, baseUrl)).toBeNull();
    expect(await failure(vault.remove(ada, key.id))).toMatchObject({ type: "not_found" });
  });

  test("somebody else's key does not exist, and the installation's is the administrator's", async () => {
    const { vault } = vaultOf();
    const { key } = await vault.set(ada, aKey(secret));
    const { key: common } = await vault.set(administrator, shared);
    for (const id of [key.id, common.id]) {
      expect(await failure(vault.verify(bob, id))).toMatchObject({ type: "not_found" });
      expect(await failure(vault.remove(bob, id))).toMatchObject({ type: "not_found" });
    }
    expect(await failure(vault.set(bob, shared))).toMatchObject({ type: "forbidden" });
    expect(await failure(vault.reseal(bob))).toMatchObject({ type: "forbidden" });
    expect((await vault.list(bob)).items).toEqual([]);
    expect((await vault.list(administrator)).items).toEqual([key, common]);
  });

  test("the person's own key comes first, then the installation's, then the environment's", async () => {
    const { vault, keyRing } = vaultOf({ environmentKeys: [{ provider, baseUrl, apiKey: "from-env" }] });
    const used = () => keyRing.keyFor(bob.userId, provider, baseUrl);
    const sourceOfBob = async () => (await vault.list(bob)).providers[0]?.source;
    expect(await used()).toEqual({ apiKey: "from-env", payer: "installation", credentialId: null });
    expect(await sourceOfBob()).toBe("environment");
    const { key: common } = await vault.set(administrator, shared);
    expect(await used()).toEqual({ apiKey: shared.key, payer: "installation", credentialId: common.id });
    expect(await sourceOfBob()).toBe("installation");
    const { key: own } = await vault.set(bob, aKey(secret));
    expect(await used()).toEqual({ apiKey: secret, payer: "person", credentialId: own.id });
    expect(await sourceOfBob()).toBe("person");
    await vault.remove(bob, own.id);
    await vault.remove(administrator, common.id);
    expect(await used()).toMatchObject({ apiKey: "from-env" });
  });

  test.each([
    ["everyone", true, true],
    ["accounts", true, false],
    ["nobody", false, false],
  ] as const)(
    "where %s may use the installation's keys, accounts may: %s, guests may: %s",
    async (installationKeys, mayAccount, mayGuest) => {
      const { vault, keyRing, settings } = vaultOf({
        environmentKeys: [{ provider: "openai", baseUrl: "https://api.openai.com/v1", apiKey: "from-env" }],
      });
      await createInstallation(engine.db).claim(ada.userId);
      await engine.db.update(user).set({ isAnonymous: true }).where(eq(user.id, bob.userId));
      await vault.set(administrator, shared);
      // Whether it counted before does not matter once it is changed.
      await keyRing.keyFor(bob.userId, provider, baseUrl);
      await settings.changeInstallation(administrator, { keys: keyAccessSchema.parse({ installationKeys }) });
      for (const [userId, may] of [
        [ada.userId, mayAccount],
        [bob.userId, mayGuest],
      ] as const) {
        expect((await keyRing.keyFor(userId, provider, baseUrl)) !== null).toBe(may);
        expect((await keyRing.keyFor(userId, "openai", "https://api.openai.com/v1")) !== null).toBe(may);
      }
      await vault.set({ ...bob, isGuest: true }, aKey(secret));
      expect(await keyRing.keyFor(bob.userId, provider, baseUrl)).toMatchObject({ apiKey: secret });
    },
  );

  test("a provider that moves to another address never gets the key that was given for the old one", async () => {
    const masterKeys = { current: aMasterKey(), former: [] };
    const before = vaultOf({ masterKeys });
    const { key } = await before.vault.set(ada, aKey(secret));
    await before.vault.set(administrator, shared);
    const elsewhere = { ...openrouter, baseUrl: "https://gateway.example/api/v1" };
    const after = vaultOf({ masterKeys, places: [elsewhere] });
    expect(await after.keyRing.keyFor(ada.userId, provider, elsewhere.baseUrl)).toBeNull();
    expect(await after.vault.verify(ada, key.id)).toMatchObject({
      problem: "unsupported",
      key: { state: "elsewhere", baseUrl: openrouter.baseUrl },
    });
    expect(after.checked).toEqual([]);
    expect(
      await failure(after.vault.set(ada, { ...aKey(secret), baseUrl: openrouter.baseUrl })),
    ).toMatchObject({ type: "invalid_request", details: { field: "baseUrl" } });
    expect(after.checked).toEqual([]);

    // Not even where somebody writes the new address into the row.
    await engine.db.update(credential).set({ baseUrl: elsewhere.baseUrl });
    expect(
      await vaultOf({ masterKeys, places: [elsewhere] }).keyRing.keyFor(
        ada.userId,
        provider,
        elsewhere.baseUrl,
      ),
    ).toBeNull();
  });

  test("rows that are swapped between persons or providers open for nobody", async () => {
    const { vault, keyRing, checked } = vaultOf();
    const { key: mine } = await vault.set(ada, aKey(secret));
    const { key: theirs } = await vault.set(bob, aKey("sk-or-v1-of-bob-00000000"));
    const [hers] = await engine.db.select().from(credential).where(eq(credential.id, mine.id));
    await engine.db.update(credential).set({ sealed: hers?.sealed }).where(eq(credential.id, theirs.id));
    keyRing.changed(bob.userId);
    checked.length = 0;
    expect(await keyRing.keyFor(bob.userId, provider, baseUrl)).toBeNull();
    expect(await vault.verify(bob, theirs.id)).toMatchObject({ key: { state: "unreadable" } });
    expect(checked).toEqual([]);
  });

  test("without the master key a stored key is said to be unreadable, not used, and can be entered again", async () => {
    const current = aMasterKey();
    await vaultOf({ masterKeys: { current, former: [] } }).vault.set(ada, aKey(secret));
    const { vault, keyRing, logged } = vaultOf();
    expect(await keyRing.keyFor(ada.userId, provider, baseUrl)).toBeNull();
    const { items } = await vault.list(ada);
    expect(items).toMatchObject([{ state: "unreadable", masked: "sk-or-…1111" }]);
    expect(await vault.verify(ada, items[0]?.id ?? "")).toMatchObject({ problem: "key_missing" });
    expect(logged.join()).toContain("does not open");

    const again = vaultOf({ masterKeys: { current: aMasterKey(), former: [current] } });
    expect(await again.keyRing.keyFor(ada.userId, provider, baseUrl)).toMatchObject({ apiKey: secret });
    await vault.set(ada, aKey(secret));
    expect((await vault.list(ada)).items).toMatchObject([{ state: "ready" }]);
  });

  test("what a key is used for costs no statement until something changes, and a refusal is seen at once", async () => {
    const { vault, keyRing, store } = vaultOf();
    const { key } = await vault.set(ada, aKey(secret));
    keyRing.noteUse(key.id, null);
    keyRing.noteUse(key.id, null);
    await keyRing.idle();
    const first = await store.find(ada.userId, key.id);
    expect(first).toMatchObject({ lastUsedAt: expect.any(Date), lastError: null });
    keyRing.noteUse(key.id, null);
    await keyRing.idle();
    expect(await store.find(ada.userId, key.id)).toEqual(first);
    keyRing.noteUse(key.id, "key_invalid");
    await keyRing.idle();
    expect((await vault.list(ada)).items).toMatchObject([{ lastError: { type: "key_invalid" } }]);
    keyRing.noteUse(key.id, null);
    await keyRing.idle();
    expect((await vault.list(ada)).items).toMatchObject([{ lastError: null }]);
  });

  test("checks are limited over all processes, and what is refused for that is not stored", async () => {
    const [{ vault }, other] = [vaultOf({ isLimited: true }), vaultOf({ isLimited: true })];
    for (let tries = 0; tries < 20; tries++)
      expect(
        await failure((tries % 2 ? vault : other.vault).set(ada, aKey(`sk-invalid-${tries}`))),
      ).toMatchObject({ type: "key_invalid" });
    expect(await failure(vault.set(ada, aKey(secret)))).toMatchObject({
      type: "rate_limited",
      retryAfterMs: expect.any(Number),
    });
    await vault.set(bob, aKey(secret));
    expect((await vault.list(ada)).items).toEqual([]);
  });

  test("no answer, event, error, log line or row has the key", async () => {
    const { vault, keyRing, logged, store } = vaultOf();
    const answers: unknown[] = [await vault.set(ada, aKey(secret)), await vault.list(ada)];
    const [stored] = await store.list(ada.userId);
    answers.push(await vault.verify(ada, stored?.id ?? ""));
    answers.push(await failure(vault.set(ada, aKey(`${secret}-invalid`))));
    answers.push(await vault.set(ada, aKey(`${secret}-unreachable`)));
    keyRing.noteUse((await store.list(ada.userId))[0]?.id ?? "", "key_invalid");
    await keyRing.idle();
    answers.push(await createEventLog(engine.db).after(ada.userId, 0, 100), logged, await vault.list(ada));
    const dump = await engine.db.execute(sql`select credential::text as it, * from credential`);
    answers.push(dump, await engine.db.execute(sql`select * from user_event`));
    expect(JSON.stringify(answers)).toContain("sk-or-…");
    expect(JSON.stringify(answers)).not.toMatch(/aaaabbbb|eeeeffff/);
  });
});
