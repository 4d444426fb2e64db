import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import type { NewGeneration } from "@/lib/streaming/generation-store";
import { createGenerationStore } from "./generation-store";
import { createGuestMove } from "./guest-move";
import { moveGuestChats } from "./move-guest-chats";
import { moveGuestSettings } from "./move-guest-settings";
import { user } from "./schema/accounts";
import { installation } from "./schema/installation";
import { personSettings } from "./schema/settings";
import { generation } from "./schema/streaming";
import { spending, usageEntry } from "./schema/usage";
import { asking, billOf, endingAt, lastBatch } from "./testing/bare-answer";
import { forEachEngine } from "./testing/engines";
import { setUpStreaming } from "./testing/streaming-core";
import { untilBlocked } from "./testing/until-blocked";
import { createUsageLedger } from "./usage-ledger";

forEachEngine((engine) => {
  setUpStreaming(engine);

  beforeEach(async () => {
    const guest = { id: "guest", name: "guest", email: "guest@example.org", isAnonymous: true };
    await engine.db.insert(user).values(guest);
  });

  const move = () => createGuestMove(engine.db, moveGuestChats)("guest", "ada");

  test("an answer that ends while its guest becomes an account ends there, and waits for nobody in a ring", async () => {
    const asked = await begun(ofGuest());
    let ended: Promise<boolean> | undefined;
    await whileHeld(sql`select from user_event_counter where user_id = 'guest' for update`, async () => {
      ended = end(asked);
    });
    expect(await ended).toBe(true);
    expect(await generations()).toMatchObject([{ userId: "ada", status: "completed" }]);
    expect(await engine.db.select().from(usageEntry)).toMatchObject([{ userId: "ada", costMicros: 100 }]);
  });

  test.each(["the same chat", "another chat"])(
    "an answer that begins in %s while its guest becomes an account is moved",
    async (where) => {
      const first = await begun(ofGuest());
      await end(first);
      const next = ofGuest(where === "the same chat" ? { chatId: first.chatId } : {});
      let started: Promise<unknown> | undefined;
      await whileHeld(sql`select from user_event_counter where user_id = 'guest' for update`, async () => {
        started = begun(next);
      });
      await started;
      expect(await generations()).toMatchObject([{ userId: "ada" }, { userId: "ada" }]);
      expect(await end(next)).toBe(true);
    },
  );

  test("what becomes known of a guest's call while they become an account is counted there", async () => {
    await engine.db
      .insert(installation)
      .values({ settings: { budget: { limitMicros: 9_000, period: "month" } } });
    for (const userId of ["ada", "guest"]) await begun(ofGuest({ userId, holdMicros: 1_000 }));
    const asked = await begun(ofGuest({ holdMicros: 1_000 }));
    await end(asked, { ...endingAt(100), bill: { ...billOf(100), source: "estimated" } });
    let known: Promise<unknown> | undefined;
    await whileHeld(sql`select from spending where user_id = 'guest' for update`, async () => {
      known = createUsageLedger(engine.db).reconcile(asked.id, { usage: null, costMicros: 5_000 });
    });
    await known;
    expect(await engine.db.select().from(spending)).toMatchObject([
      { userId: "ada", spentMicros: 5_000, heldMicros: 2_000 },
    ]);
  });

  test("what is held for a guest's answer that ends while they become an account is given back there", async () => {
    const settings = { budget: { limitMicros: 9_000, period: "month" } };
    await engine.db.insert(personSettings).values({ userId: "guest", settings });
    const asked = await begun(ofGuest({ holdMicros: 1_000 }));
    let ended: Promise<boolean> | undefined;
    await createGuestMove(engine.db, async (...moved) => {
      ended = end(asked);
      await untilBlocked(engine);
      await moveGuestChats(...moved);
      await moveGuestSettings(...moved);
    })("guest", "ada");
    expect(await ended).toBe(true);
    expect(await engine.db.select().from(spending)).toMatchObject([
      { userId: "ada", budget: "person", spentMicros: 100, heldMicros: 0 },
    ]);
  });

  test("a guest's counters become the account's in the order in which its answers take them", async () => {
    const period = "month 2026-01-01";
    const counter = (userId: string, budget: "person" | "installation") => ({
      userId,
      budget,
      period,
      spentMicros: 1,
      heldMicros: 1,
    });
    await engine.db
      .insert(spending)
      .values([counter("ada", "installation"), counter("ada", "person"), counter("guest", "installation")]);
    let moved: Promise<void> | undefined;
    await engine.db.transaction(async (tx) => {
      const take = (budget: string) =>
        tx.execute(sql`select from spending where user_id = 'ada' and budget = ${budget} for update`);
      await take("installation");
      moved = move();
      await untilBlocked(engine);
      await take("person");
    });
    await moved;
    expect(await engine.db.select().from(spending).orderBy(spending.budget)).toMatchObject([
      { userId: "ada", budget: "installation", heldMicros: 2 },
      { userId: "ada", budget: "person", heldMicros: 1 },
    ]);
  });

  test("a guest's call that is noted while they become an account or after it is the account's", async () => {
    const { chatId, route } = await begun(ofGuest());
    const ledger = createUsageLedger(engine.db);
    const bill = billOf(70);
    const note = (id: string) =>
      ledger.note({
        id,
        kind: "answer",
        generationId: null,
        userId: "guest",
        chatId,
        model: "m",
        route,
        bill,
      });
    let noted: Promise<void> | undefined;
    await createGuestMove(engine.db, async (...moved) => {
      noted = note("meanwhile");
      await untilBlocked(engine);
      await moveGuestChats(...moved);
    })("guest", "ada");
    await noted;
    await note("later");
    expect(await engine.db.select().from(usageEntry)).toMatchObject([
      { id: "meanwhile", userId: "ada", costMicros: 70 },
      { id: "later", userId: "ada", costMicros: 70 },
    ]);
  });

  /** `begin` comes as far as the rows that are held here, and the move as far as what that has taken; then all go on. */
  async function whileHeld(rows: ReturnType<typeof sql>, begin: () => Promise<void>) {
    let moved: Promise<void> | undefined;
    await engine.db.transaction(async (tx) => {
      await tx.execute(rows);
      await begin();
      await untilBlocked(engine);
      moved = move();
      await untilBlocked(engine, 2);
    });
    await moved;
  }

  async function begun(asked: NewGeneration): Promise<NewGeneration> {
    expect((await createGenerationStore(engine.db).start(asked)).outcome).toBe("started");
    return asked;
  }

  const end = ({ id }: NewGeneration, ending = endingAt(100)) =>
    createGenerationStore(engine.db).end({ generationId: id, epoch: 1 }, ending, [], lastBatch);

  const generations = () => engine.db.select().from(generation);
});

function ofGuest(more: Partial<NewGeneration> = {}): NewGeneration {
  const route = { provider: "scripted", payer: "installation", credentialId: null } as const;
  return asking({ userId: "guest", route, ...more });
}
