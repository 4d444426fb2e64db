import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { silentLog } from "@/lib/diagnostics/log";
import { createLocalBus } from "@/lib/events/local-bus";
import { installationSettingsSchema } from "@/lib/settings/settings";
import { type Credential, type KeyRefusal, sealContextOf } from "./credential";
import { createCredentialKeyRing } from "./credential-key-ring";
import { parseMasterKey } from "./master-key";
import { createSealer } from "./sealer";

const baseUrl = "https://openrouter.ai/api/v1";

test("a key costs no statement until it changes, for those who have none as well", async () => {
  const { keyRing, reads } = underTest();
  for (let round = 0; round < 3; round++) {
    expect(await keyRing.keyFor("ada", "openrouter", baseUrl)).toMatchObject({ apiKey: "sk-of-ada" });
    expect(await keyRing.keyFor("bob", "openrouter", baseUrl)).toMatchObject({ apiKey: "sk-environment" });
  }
  expect(reads).toEqual(["ada", "bob", "installation"]);
  keyRing.changed("bob");
  await keyRing.keyFor("ada", "openrouter", baseUrl);
  await keyRing.keyFor("bob", "openrouter", baseUrl);
  expect(reads).toEqual(["ada", "bob", "installation", "bob"]);
});

test("use is noted once a minute, a refusal and the next success at once", async () => {
  const { keyRing, notes, wait } = underTest();
  const use = async (...refusals: (KeyRefusal | null)[]) => {
    for (const refusal of refusals) keyRing.noteUse("c1", refusal);
    await keyRing.idle();
  };
  await use(null, null, null);
  expect(notes).toEqual([null]);
  await use("key_invalid", "key_invalid", "provider_credits", null, null);
  expect(notes).toEqual([null, "key_invalid", "provider_credits", null]);
  wait(60_000);
  await use(null);
  expect(notes).toHaveLength(5);
});

test("what paid for a call is found again by its own id: no other key of anybody stands in for it", async () => {
  const { keyRing } = underTest();
  const route = { provider: "openrouter", payer: "person", credentialId: "c1" } as const;
  expect(await keyRing.keyThatPaid("ada", route, baseUrl)).toMatchObject({ apiKey: "sk-of-ada" });
  expect(await keyRing.keyThatPaid("ada", { ...route, credentialId: "replaced" }, baseUrl)).toBe("gone");
  expect(await keyRing.keyThatPaid("bob", route, baseUrl)).toBe("gone");
  expect(await keyRing.keyThatPaid("ada", { ...route, payer: "installation" }, baseUrl)).toBe("gone");
  expect(await keyRing.keyThatPaid("ada", route, "https://elsewhere.example")).toBe("closed");
  const environment = { ...route, payer: "installation", credentialId: null } as const;
  expect(await keyRing.keyThatPaid("ada", environment, baseUrl)).toMatchObject({ apiKey: "sk-environment" });
  expect(await keyRing.keyThatPaid("ada", environment, "https://elsewhere.example")).toBe("gone");
});

test("who is to know is woken, and a database that is away harms nobody", async () => {
  const { keyRing, bus, notes, fail } = underTest();
  let woken = 0;
  bus.subscribe("user:ada", () => woken++);
  keyRing.noteUse("c1", "key_invalid");
  await keyRing.idle();
  expect(woken).toBe(1);
  fail(true);
  keyRing.noteUse("c1", null);
  await keyRing.idle();
  expect(woken).toBe(1);
  fail(false);
  keyRing.noteUse("c1", null);
  await keyRing.idle();
  expect(notes).toEqual(["key_invalid", null]);
});

function underTest() {
  const bus = createLocalBus();
  const sealer = createSealer({ current: parseMasterKey(randomBytes(32).toString("base64")), former: [] });
  const bound = { id: "c1", userId: "ada", provider: "openrouter", baseUrl };
  const stored: Credential = {
    ...bound,
    ...sealer.seal("sk-of-ada", sealContextOf(bound)),
    masked: "…",
    verifiedAt: null,
    lastUsedAt: null,
    lastError: null,
    createdAt: new Date(0),
  };
  const reads: string[] = [];
  const notes: (KeyRefusal | null)[] = [];
  let isAway = false;
  let now = 0;
  const keyRing = createCredentialKeyRing({
    store: {
      async ofPerson(userId) {
        reads.push(userId);
        return { isGuest: false, credentials: userId === "ada" ? [stored] : [] };
      },
      async list() {
        reads.push("installation");
        return [];
      },
      async find(owner, id) {
        return owner === "ada" && id === "c1" ? stored : null;
      },
      async noteUse(_, refusal) {
        if (isAway) throw new Error("the database is away");
        notes.push(refusal);
        return { userId: "ada" };
      },
    },
    sealer,
    environmentKeys: [{ provider: "openrouter", baseUrl, apiKey: "sk-environment" }],
    settings: { ofInstallation: async () => installationSettingsSchema.parse({}) },
    refreshKeys: async () => {},
    bus,
    log: silentLog,
    now: () => now,
  });
  return {
    keyRing,
    bus,
    reads,
    notes,
    fail(away: boolean) {
      isAway = away;
    },
    wait(ms: number) {
      now += ms;
    },
  };
}
