import { expect, test } from "vitest";
import { createCredentialStore } from "@/db/credential-store";
import { user } from "@/db/schema/accounts";
import { forEachEngine } from "@/db/testing/engines";
import { ada, setUpStreaming } from "@/db/testing/streaming-core";
import { aKey, aMasterKey, openrouter, vaultUnderTest } from "@/db/testing/vault-under-test";
import { createLocalBus } from "@/lib/events/local-bus";
import { rotate } from "@/lib/vault/rotation";

const { provider, baseUrl } = openrouter;
const peopleCount = 250;
const people = Array.from({ length: peopleCount }, (_, index) => ({
  userId: `person-${String(index).padStart(4, "0")}`,
  isGuest: false,
  isAdministrator: false,
}));

forEachEngine((engine) => {
  setUpStreaming(engine);

  test("rotation under load loses nothing: whoever reads has a key, whoever writes keeps the new one", async () => {
    await addPeople();
    const [old, fresh] = [aMasterKey(), aMasterKey()];
    const bus = createLocalBus();
    // During a deploy some processes still seal with the old key, and both kinds know both.
    const before = vaultUnderTest(engine, { masterKeys: { current: old, former: [fresh] }, bus });
    const after = vaultUnderTest(engine, { masterKeys: { current: fresh, former: [old] }, bus });
    const latest = new Map<string, string>();
    const set = async (index: number, key: string) => {
      const person = people[index] ?? ada;
      await (index % 2 === 0 ? before : after).vault.set(person, aKey(key));
      latest.set(person.userId, key);
    };
    for (const index of people.keys()) await set(index, `sk-first-${index}`);
    // Rows that nobody touches meanwhile, too.
    const quiet = await Promise.all(people.slice(0, 100).map(({ userId }) => before.store.list(userId)));

    const stopped = new AbortController();
    let rounds = 0;
    let missed = 0;
    const reading = (async () => {
      while (!stopped.signal.aborted) {
        const { userId } = people[rounds++ % peopleCount] ?? ada;
        for (const { keyRing } of [before, after]) {
          keyRing.changed(userId);
          if (!(await keyRing.keyFor(userId, provider, baseUrl))) missed++;
        }
      }
    })();
    const writing = (async () => {
      for (let round = 0; round < 200; round++) await set(100 + ((round * 7) % 150), `sk-second-${round}`);
    })();
    const rotating = Promise.all([rotate(after), rotate(after)]);
    await Promise.all([writing, rotating]);
    stopped.abort();
    await reading;
    expect(missed).toBe(0);

    // The writers that know no better are gone: what they sealed last is sealed again, and the old key is thrown away.
    await rotate(after);
    expect(await after.store.listSealedOtherwise(fresh.id, "", 1)).toEqual([]);
    const alone = vaultUnderTest(engine, { masterKeys: { current: fresh, former: [] } });
    for (const { userId } of people) {
      expect(await alone.keyRing.keyFor(userId, provider, baseUrl)).toMatchObject({
        apiKey: latest.get(userId),
      });
    }
    for (const [first] of quiet)
      expect((await alone.store.list(first?.userId ?? ""))[0]).toMatchObject({
        id: first?.id,
        verifiedAt: first?.verifiedAt,
        createdAt: first?.createdAt,
      });
    expect(await rotate(alone)).toEqual({ resealed: 0, unreadable: 0 });
  });

  test("a rotation that was broken off is gone on with", async () => {
    await addPeople();
    const [old, fresh] = [aMasterKey(), aMasterKey()];
    const before = vaultUnderTest(engine, { masterKeys: { current: old, former: [] } });
    for (const person of people) await before.vault.set(person, aKey(`sk-of-${person.userId}`));
    const after = vaultUnderTest(engine, { masterKeys: { current: fresh, former: [old] } });
    const dying = new AbortController();
    const store = createCredentialStore(engine.db);
    const first = await rotate(
      {
        sealer: after.sealer,
        store: {
          ...store,
          async reseal(changes) {
            dying.abort();
            return store.reseal(changes);
          },
        },
      },
      dying.signal,
    );
    expect(first.resealed).toBe(100);
    expect(await rotate(after)).toEqual({ resealed: 150, unreadable: 0 });
    expect(await rotate(after)).toEqual({ resealed: 0, unreadable: 0 });
  });

  test("what no key opens is counted and left as it is, for when its key is found", async () => {
    const [lost, fresh] = [aMasterKey(), aMasterKey()];
    const before = vaultUnderTest(engine, { masterKeys: { current: lost, former: [] } });
    await before.vault.set(ada, aKey("sk-or-of-ada"));
    const stored = await before.store.list(ada.userId);
    const after = vaultUnderTest(engine, { masterKeys: { current: fresh, former: [] } });
    expect(await rotate(after)).toEqual({ resealed: 0, unreadable: 1 });
    expect(await before.store.list(ada.userId)).toEqual(stored);
    after.sealer.use({ current: fresh, former: [lost] });
    expect(await rotate(after)).toEqual({ resealed: 1, unreadable: 0 });
  });

  test("a process that meets a key sealed by one that it does not know yet looks for it", async () => {
    const [old, fresh] = [aMasterKey(), aMasterKey()];
    const rotated = vaultUnderTest(engine, { masterKeys: { current: fresh, former: [old] } });
    await rotated.vault.set(ada, aKey("sk-or-of-ada"));
    const late = vaultUnderTest(engine, {
      masterKeys: { current: old, former: [] },
      refreshKeys: async () => late.sealer.use({ current: fresh, former: [old] }),
    });
    expect(await late.keyRing.keyFor(ada.userId, provider, baseUrl)).toMatchObject({
      apiKey: "sk-or-of-ada",
    });
  });

  async function addPeople() {
    await engine.db
      .insert(user)
      .values(people.map(({ userId }) => ({ id: userId, name: userId, email: `${userId}@example.org` })));
  }
});
