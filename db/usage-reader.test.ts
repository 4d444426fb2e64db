import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { createId } from "@/lib/chats/id";
import { usageCsv } from "@/lib/usage/usage-csv";
import { createUsageReports, type UsageQuery } from "@/lib/usage/usage-reports";
import { moveGuestChats } from "./move-guest-chats";
import { user } from "./schema/accounts";
import { chat } from "./schema/chats";
import { spending, usageEntry } from "./schema/usage";
import { credential } from "./schema/vault";
import { forEachEngine } from "./testing/engines";
import { createUsageLedger } from "./usage-ledger";
import { createUsageReader } from "./usage-reader";

const ada = { userId: "ada", isGuest: false, isAdministrator: false };
const names = { providerName: async (_: string, id: string) => id };
const root = { userId: "root", isGuest: false, isAdministrator: true };

forEachEngine((engine) => {
  const reports = () =>
    createUsageReports(createUsageReader(engine.db), names, () => new Date("2026-11-20T22:30:00Z"));

  beforeEach(async () => {
    for (const id of ["ada", "bob", "root"])
      await engine.db.insert(user).values({ id, name: id.toUpperCase(), email: `${id}@example.org` });
    await engine.db
      .insert(user)
      .values({ id: "guest", name: "g", email: "g@example.org", isAnonymous: true });
  });

  test("days are those of the time zone that is asked for, both ends included", async () => {
    await used({ createdAt: new Date("2026-11-19T22:59:59Z"), costMicros: 1 });
    await used({ createdAt: new Date("2026-11-19T23:00:00Z"), costMicros: 20 });
    await used({ createdAt: new Date("2026-11-20T22:59:59Z"), costMicros: 300 });
    await used({ createdAt: new Date("2026-11-20T23:00:00Z"), costMicros: 4_000 });
    const of = async (query: Partial<UsageQuery>) => {
      const { items, total } = await reports().report(ada, asked(query));
      return [items.map(({ key, costMicros }) => [key, costMicros]), total.costMicros];
    };
    const zone = { tz: "Europe/Berlin" };
    expect(await of({ ...zone, from: "2026-11-20", to: "2026-11-20" })).toEqual([[["2026-11-20", 320]], 320]);
    expect(await of({ from: "2026-11-20", to: "2026-11-20" })).toEqual([[["2026-11-20", 4_300]], 4_300]);
    expect(await of(zone)).toEqual([
      [
        ["2026-11-19", 1],
        ["2026-11-20", 320],
      ],
      321,
    ]);
  });

  test("what is estimated, unknown or still being written is told apart", async () => {
    await used({ costMicros: 5, inputTokens: 10, outputTokens: 4, cachedTokens: 2 });
    await used({ costMicros: 7, source: "estimated" });
    await used({ costMicros: null, source: "estimated" });
    await used({ source: "held", heldMicros: 900 });
    const { total } = await reports().report(ada, asked({}));
    expect(total).toEqual({
      calls: 3,
      costMicros: 12,
      estimatedMicros: 7,
      unknownCalls: 1,
      inputTokens: 10,
      outputTokens: 4,
      reasoningTokens: 0,
      cachedTokens: 2,
    });
  });

  test("models, chats and keys come the dearest first, under the names that the person knows them by", async () => {
    await engine.db.insert(chat).values({ id: "tides", userId: "ada", title: "Tides" });
    await engine.db.insert(chat).values({ id: "bobs", userId: "bob", title: "Secret" });
    const sealed = { provider: "openrouter", baseUrl: "https://o.example", masterKeyId: "m", sealed: "s" };
    await engine.db.insert(credential).values({ id: "mine", userId: "ada", masked: "sk-…1", ...sealed });
    await engine.db.insert(credential).values({ id: "theirs", userId: null, masked: "sk-…2", ...sealed });
    await used({ chatId: "tides", model: "b/two", costMicros: 3, payer: "person", credentialId: "mine" });
    await used({ chatId: "gone", model: "a/one", costMicros: 50 });
    await used({ chatId: "bobs", model: "a/one", costMicros: 4, credentialId: "theirs" });
    const of = async (by: UsageQuery["by"]) =>
      (await reports().report(ada, asked({ by }))).items.map(({ key, name, costMicros }) => [
        key,
        name,
        costMicros,
      ]);
    expect(await of("model")).toEqual([
      ["a/one", null, 54],
      ["b/two", null, 3],
    ]);
    expect(await of("chat")).toEqual([
      ["gone", null, 50],
      ["bobs", null, 4],
      ["tides", "Tides", 3],
    ]);
    expect(await of("key")).toEqual([
      ["installation/openrouter", null, 50],
      ["theirs", null, 4],
      ["mine", "sk-…1", 3],
    ]);
    const { total } = await reports().report(ada, asked({ chat: "tides" }));
    expect(total).toMatchObject({ calls: 1, costMicros: 3 });
  });

  test("pages together have everything once, also among what costs the same", async () => {
    for (let index = 0; index < 23; index++) await used({ model: `m${index}`, costMicros: index % 3 });
    for (const by of ["model", "day"] as const) {
      const keys: string[] = [];
      for await (const { key } of reports().items(ada, asked({ by, limit: 4 }))) keys.push(key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys).toHaveLength(by === "model" ? 23 : 1);
    }
    await expect(reports().report(ada, asked({ cursor: "junk" }))).rejects.toMatchObject({
      type: "invalid_request",
    });
  });

  test("everybody's costs on the installation's keys are the administrator's to see, and nothing else of theirs", async () => {
    await used({ userId: "ada", costMicros: 10 });
    await used({ userId: "bob", costMicros: 30 });
    await used({ userId: "guest", costMicros: 20 });
    await used({ userId: "bob", costMicros: 999, payer: "person", credentialId: "bobs" });
    const installation = { scope: "installation", by: "person" } as const;
    const { items, total } = await reports().report(root, asked(installation));
    expect(items.map(({ key, name, costMicros }) => [key, name, costMicros])).toEqual([
      ["bob", "BOB", 30],
      ["guest", null, 20],
      ["ada", "ADA", 10],
    ]);
    expect(total.costMicros).toBe(60);
    await expect(reports().report(ada, asked(installation))).rejects.toMatchObject({ type: "forbidden" });
    const byChat = reports().report(root, asked({ scope: "installation", by: "chat" }));
    await expect(byChat).rejects.toMatchObject({ type: "invalid_request" });
    await expect(reports().report(ada, asked({ by: "person" }))).rejects.toMatchObject({
      type: "invalid_request",
    });
    expect((await reports().report(ada, asked({}))).total.costMicros).toBe(10);
  });

  test("the administrator tells the installation's keys apart, the environment's and former ones included", async () => {
    const sealed = { provider: "openrouter", baseUrl: "https://o.example", masterKeyId: "m", sealed: "s" };
    await engine.db.insert(credential).values([
      { id: "shared", userId: null, masked: "sk-…2", ...sealed },
      { id: "mine", userId: "root", masked: "sk-…1", ...sealed },
    ]);
    await used({ userId: "ada", costMicros: 5, credentialId: "shared" });
    await used({ userId: "bob", costMicros: 7, credentialId: "shared" });
    await used({ userId: "bob", costMicros: 40 });
    await used({ userId: "bob", costMicros: 3, credentialId: "removed" });
    await used({ userId: "root", costMicros: 999, payer: "person", credentialId: "mine" });
    const { items } = await reports().report(root, asked({ scope: "installation", by: "key" }));
    expect(items.map(({ key, name, costMicros }) => [key, name, costMicros])).toEqual([
      ["installation/openrouter", null, 40],
      ["shared", "sk-…2", 12],
      ["removed", null, 3],
    ]);
    const lines: string[] = [];
    const all = reports().items(root, asked({ scope: "installation", by: "key", limit: 2 }));
    for await (const line of usageCsv("key", all)) lines.push(line);
    expect(lines[2]).toBe("shared,sk-…2,openrouter,installation,0.000012,0.000000,2,0,0,0,0,0\r\n");
    await expect(reports().report(ada, asked({ scope: "installation", by: "key" }))).rejects.toMatchObject({
      type: "forbidden",
    });
  });

  test("what a guest has spent goes on counting against the account that they create", async () => {
    const now = new Date();
    await used({ userId: "guest", costMicros: 20, createdAt: now });
    await used({ userId: "ada", costMicros: 5, createdAt: now });
    const period = `day ${now.toISOString().slice(0, 10)}`;
    const counter = { userId: "guest", period, spentMicros: 20, heldMicros: 7 };
    await engine.db.insert(spending).values([
      { ...counter, budget: "person" },
      { ...counter, budget: "installation" },
      { userId: "ada", period, budget: "installation", spentMicros: 5, heldMicros: 1 },
    ]);
    await engine.db.transaction(async (tx) => {
      await moveGuestChats(tx, "guest", "ada");
      await tx.delete(user).where(eq(user.id, "guest"));
    });
    expect(await engine.db.select().from(spending).orderBy(spending.budget)).toMatchObject([
      { userId: "ada", budget: "installation", spentMicros: 25, heldMicros: 8 },
      { userId: "ada", budget: "person", spentMicros: 25, heldMicros: 7 },
    ]);
    expect(await createUsageLedger(engine.db).standings("ada")).toMatchObject([
      { spentMicros: 25 },
      { spentMicros: 25 },
    ]);
  });

  async function used(entry: Partial<typeof usageEntry.$inferInsert>) {
    await engine.db.insert(usageEntry).values({
      id: createId(),
      kind: "answer",
      userId: "ada",
      chatId: "chat",
      model: "m",
      provider: "openrouter",
      payer: "installation",
      source: "reported",
      createdAt: new Date("2026-11-20T12:00:00Z"),
      ...entry,
    });
  }
});

function asked(query: Partial<UsageQuery>): UsageQuery {
  return { scope: "own", by: "day", tz: "UTC", limit: 100, ...query };
}
