import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { createId } from "@/lib/chats/id";
import type { Bill } from "@/lib/usage/bill";
import { user } from "./schema/accounts";
import { spending, usageEntry } from "./schema/usage";
import { forEachEngine } from "./testing/engines";
import { createUsageLedger } from "./usage-ledger";

forEachEngine((engine) => {
  beforeEach(async () => {
    await engine.db.insert(user).values({ id: "ada", name: "Ada", email: "ada@example.org" });
  });

  test("a call is noted once, counted where somebody counts, and nothing is left of one for nobody", async () => {
    await engine.db.insert(spending).values({ userId: "ada", budget: "person", period: await today() });
    const ledger = createUsageLedger(engine.db);
    await Promise.all([
      ledger.note(title("one", 30)),
      ledger.note(title("one", 30)),
      ledger.note(title("two", 5)),
    ]);
    await ledger.note({ ...title("three", 9), userId: "nobody" });
    expect(await counters()).toMatchObject([{ budget: "person", spentMicros: 35 }]);
    expect((await entries()).map(({ id, kind }) => [id, kind])).toEqual([
      ["one", "title"],
      ["two", "title"],
    ]);
  });

  test("of three processes one asks about a call, four times with longer and longer pauses", async () => {
    const ledger = createUsageLedger(engine.db);
    await ledger.note(title("cut", 100, { upstreamId: "gen-1", isAskable: true, source: "estimated" }));
    expect(await ledger.claimDue(10)).toEqual([]);
    const pauses: number[] = [];
    for (let tries = 0; tries < 4; tries++) {
      await engine.db.update(usageEntry).set({ reconcileAt: new Date(0) });
      const claims = await Promise.all([ledger.claimDue(10), ledger.claimDue(10), ledger.claimDue(10)]);
      expect(claims.flat()).toEqual([
        { id: "cut", userId: "ada", route: title("cut", 0).route, upstreamId: "gen-1" },
      ]);
      const [entry] = await entries();
      pauses.push(Math.round(((entry?.reconcileAt?.getTime() ?? 0) - (await now())) / 60_000));
    }
    expect(pauses.slice(0, 3)).toEqual([1, 10, 60]);
    expect(await entries()).toMatchObject([{ reconcileAt: null, costMicros: 100, source: "estimated" }]);
  });

  test("of many that are due each is one process's to ask about, however many look at once", async () => {
    const ledger = createUsageLedger(engine.db);
    const due = {
      upstreamId: "gen",
      reconcileAt: new Date(0),
      payer: "installation",
      source: "estimated",
    } as const;
    const ids = Array.from({ length: 300 }, (_, index) => `cut-${index}`);
    await engine.db.insert(usageEntry).values(ids.map((id) => ({ ...entryOf(id), ...due })));
    const claims = await Promise.all(Array.from({ length: 10 }, () => ledger.claimDue(300)));
    expect(
      claims
        .flat()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(ids.toSorted());
  });

  test("what the provider says later takes the place of what was estimated, in every counter and once", async () => {
    const period = await today();
    await engine.db.insert(spending).values([
      { userId: "ada", budget: "person", period },
      { userId: "ada", budget: "installation", period },
    ]);
    const ledger = createUsageLedger(engine.db);
    await ledger.note(title("cut", 100, { upstreamId: "gen-1", isAskable: true, source: "estimated" }));
    const usage = { inputTokens: 12, outputTokens: 34, reasoningTokens: 0, cachedTokens: 0 };
    await Promise.all([1, 2, 3].map(() => ledger.reconcile("cut", { usage, costMicros: 250 })));
    await ledger.reconcile("cut", { usage, costMicros: 999 });
    expect(await counters()).toMatchObject([{ spentMicros: 250 }, { spentMicros: 250 }]);
    expect(await entries()).toMatchObject([
      { costMicros: 250, source: "reconciled", inputTokens: 12, outputTokens: 34, reconcileAt: null },
    ]);
  });

  test("a call whose key is gone is asked about no more, says so, and costs what was estimated", async () => {
    const ledger = createUsageLedger(engine.db);
    await ledger.note(title("cut", 100, { upstreamId: "gen-1", isAskable: true, source: "estimated" }));
    await ledger.giveUp("cut");
    const given = { reconcileAt: null, isKeyGone: true, costMicros: 100, source: "estimated" };
    expect(await entries()).toMatchObject([given]);
    await engine.db.update(usageEntry).set({ source: "reported", isKeyGone: false });
    await ledger.giveUp("cut");
    expect(await entries()).toMatchObject([{ isKeyGone: false }]);
  });

  test("what is held for an answer that nobody writes any more is given back", async () => {
    const period = await today();
    await engine.db.insert(spending).values({ userId: "ada", budget: "person", period, heldMicros: 700 });
    const lost = { source: "held", heldMicros: 500, personPeriod: period, updatedAt: new Date(0) } as const;
    await engine.db.insert(usageEntry).values({ ...entryOf("lost"), ...lost, generationId: "gone" });
    const ledger = createUsageLedger(engine.db);
    await Promise.all([ledger.releaseLost(), ledger.releaseLost()]);
    expect(await counters()).toMatchObject([{ heldMicros: 200 }]);
    expect(await entries()).toMatchObject([{ source: "estimated", heldMicros: null }]);
  });

  test("both budgets are told as they stand, with what was spent where nobody has counted yet", async () => {
    const ledger = createUsageLedger(engine.db);
    await ledger.note({ ...title("one", 30), route: { provider: "p", payer: "person", credentialId: "c" } });
    await ledger.note(title("two", 12));
    expect(await ledger.standings("ada")).toMatchObject([
      {
        whose: "person",
        limitMicros: null,
        leftMicros: null,
        spentMicros: 42,
        heldMicros: 0,
        period: "month",
      },
      { whose: "installation", limitMicros: null, leftMicros: null, spentMicros: 12 },
    ]);
  });

  const counters = () => engine.db.select().from(spending).orderBy(spending.budget);
  const entries = () => engine.db.select().from(usageEntry).orderBy(usageEntry.id);

  async function now(): Promise<number> {
    const [row] = await engine.db.select({ now: sql<string>`now()` }).from(user);
    return new Date(row?.now ?? 0).getTime();
  }

  async function today(): Promise<string> {
    return `day ${new Date(await now()).toISOString().slice(0, 10)}`;
  }
});

function title(id: string, costMicros: number, more: Partial<Bill> = {}) {
  const bill: Bill = {
    provider: "p",
    upstreamId: null,
    usage: null,
    costMicros,
    source: "reported",
    isAskable: false,
    ...more,
  };
  const route = { provider: "p", payer: "installation", credentialId: null } as const;
  return {
    id,
    kind: "title",
    generationId: null,
    userId: "ada",
    chatId: createId(),
    model: "m",
    route,
    bill,
  } as const;
}

function entryOf(id: string) {
  return {
    id,
    kind: "answer",
    userId: "ada",
    chatId: "c",
    model: "m",
    provider: "p",
    payer: "person",
  } as const;
}
