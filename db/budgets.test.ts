import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { createId } from "@/lib/chats/id";
import { AppError } from "@/lib/errors/app-error";
import { type CatalogueModel, plainModel } from "@/lib/models/catalogue";
import type { ModelChunk, ModelRequest } from "@/lib/models/provider";
import type { Route } from "@/lib/models/route";
import { directoryOf } from "@/lib/models/testing/directory-of";
import { nobody } from "@/lib/prompts/cast";
import { createPromptComposer } from "@/lib/prompts/composer";
import { createPreviews } from "@/lib/prompts/previews";
import { createTokenCounter } from "@/lib/prompts/token-counter";
import type { NewGeneration } from "@/lib/streaming/generation-store";
import type { Budget } from "@/lib/usage/budget";
import { createAccountStore } from "./account-store";
import type { Db } from "./client";
import { createGenerationStore } from "./generation-store";
import { createGuestMove } from "./guest-move";
import { moveGuestChats } from "./move-guest-chats";
import { createPromptRecords } from "./prompt-records";
import { user } from "./schema/accounts";
import { installation } from "./schema/installation";
import { personSettings } from "./schema/settings";
import { generation as generationTable } from "./schema/streaming";
import { guestSpending, spending, usageEntry } from "./schema/usage";
import { createSettingsStore } from "./settings-store";
import { asking as bareQuestion, endingAt, lastBatch } from "./testing/bare-answer";
import { forEachEngine } from "./testing/engines";
import { readAll } from "./testing/read-answer";
import { createScriptedProvider, finish, text } from "./testing/scripted-provider";
import { ada, ask, failure, options, setUpStreaming } from "./testing/streaming-core";
import { untilBlocked } from "./testing/until-blocked";
import { createUsageLedger } from "./usage-ledger";

forEachEngine((engine) => {
  const { core } = setUpStreaming(engine);

  test("of twenty questions at once so many are taken as the limit pays for, and the others cost nothing", async () => {
    await limit({ limitMicros: 5_400, period: "day" });
    const { streaming, model, chats } = pricedCore();
    const asked = Array.from({ length: 20 }, () => answerOfAtMost(1_000));
    const sent = await Promise.allSettled(asked.map((body) => streaming.send(ada, body, options())));
    const taken = sent.filter(({ status }) => status === "fulfilled");
    expect(taken).toHaveLength(5);
    const refusals = sent.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    const standing = {
      whose: "person",
      limitMicros: 5_400,
      heldMicros: 5_000,
      leftMicros: 400,
      spentMicros: 0,
    };
    expect(refusals).toEqual(
      Array.from({ length: 15 }, () =>
        expect.objectContaining({ type: "quota_exceeded", details: expect.objectContaining(standing) }),
      ),
    );
    expect(await counters()).toMatchObject([{ budget: "person", spentMicros: 0, heldMicros: 5_000 }]);
    expect(model.requests).toHaveLength(5);
    const kept = await Promise.all(asked.map(({ id }) => chats.get("ada", id)));
    expect(kept.filter((chat) => chat !== null)).toHaveLength(5);
    await streaming.drain(0);
  });

  test("of twenty questions of unknown price at once no more are taken than a sensible sum for each allows", async () => {
    await limit({ limitMicros: 120_000, period: "day" });
    const { streaming, model } = pricedCore();
    const asked = Array.from({ length: 20 }, () => ({
      ...ask(createId(), createId(), "Hi"),
      model: "scripted/unknown",
    }));
    const sent = await Promise.allSettled(asked.map((body) => streaming.send(ada, body, options())));
    const refused = sent.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(refused).toHaveLength(17);
    for (const reason of refused) expect(reason).toMatchObject({ type: "quota_exceeded" });
    expect(await counters()).toMatchObject([{ heldMicros: 120_000 }]);
    expect(model.requests).toHaveLength(3);
    await streaming.drain(0);
  });

  test("a request that comes twenty times holds back and costs once", async () => {
    await limit({ limitMicros: 1_500, period: "month" });
    const { streaming, model } = pricedCore();
    const body = answerOfAtMost(1_000);
    const sent = await Promise.all(Array.from({ length: 20 }, () => streaming.send(ada, body, options())));
    expect(new Set(sent.map(({ generation }) => generation.id)).size).toBe(1);
    expect(await counters()).toMatchObject([{ heldMicros: 1_000 }]);
    model.play(text("Hi"), reported(70));
    await sent.find(({ done }) => done)?.done;
    const again = await streaming.send(ada, body, options());
    expect(again.done).toBeNull();
    expect(await counters()).toMatchObject([{ spentMicros: 70, heldMicros: 0 }]);
    expect(await entries()).toMatchObject([{ costMicros: 70, source: "reported", heldMicros: null }]);
  });

  test("what an answer came to takes the place of what was held for it, also where it failed", async () => {
    await limit({ limitMicros: 2_000, period: "week" });
    const { streaming, model } = pricedCore();
    const first = await streaming.send(ada, answerOfAtMost(1_000), options());
    model.play(text("Hi"), reported(400));
    await first.done;
    const second = await streaming.send(ada, answerOfAtMost(1_000), options());
    await streaming.stop("ada", second.generation.chatId, second.generation.id);
    await second.done;
    expect(await counters()).toMatchObject([{ spentMicros: 400, heldMicros: 0 }]);
    const [standing] = await createUsageLedger(engine.db).standings("ada");
    expect(standing).toMatchObject({ whose: "person", spentMicros: 400, leftMicros: 1_600 });
  });

  test("an answer is kept as short as what is left pays for", async () => {
    await limit({ limitMicros: 3_000, period: "month" });
    const { streaming, model } = pricedCore();
    const sent = await streaming.send(ada, ask(createId(), "u1", "Hello"), options());
    expect(model.requests.at(-1)?.settings).toMatchObject({ maxOutputTokens: 3_000 });
    const [stored] = await engine.db
      .select()
      .from(generationTable)
      .where(eq(generationTable.id, sent.generation.id));
    expect(stored?.settings).toMatchObject({ maxOutputTokens: 3_000 });
    expect(await counters()).toMatchObject([{ heldMicros: 3_000 }]);
    await streaming.drain(0);
  });

  test("what a preview shows under a limit is sent to the byte, and nothing is shown where nothing would be", async () => {
    const { streaming, model, previews } = previewedCore();
    const settings = { maxOutputTokens: 5_000 };
    for (const [limitMicros, sentTokens] of [
      [8_000, 5_000],
      [3_000, 3_000],
    ] as const) {
      await limit({ limitMicros, period: "month" });
      const id = createId();
      const preview = await previews.preview(ada, { id, text: "Hello", settings, totalsOnly: false });
      const { done } = await streaming.send(ada, { ...ask(id, createId(), "Hello"), settings }, options());
      model.play(text("Hi"), reported(0));
      await done;
      expect(preview.request).toBe(JSON.stringify(model.requests.at(-1)));
      expect(model.requests.at(-1)?.settings).toEqual({ maxOutputTokens: sentTokens });
    }
    await limit({ limitMicros: 400, period: "month" });
    const refused = { id: createId(), text: "Hello", settings, totalsOnly: false };
    expect(await previews.preview(ada, refused)).toMatchObject({
      request: null,
      pieces: [{ text: "Hello" }],
    });
  });

  test("what costs nothing is let through when nothing is left, and what costs nobody knows what is not", async () => {
    await limit({ limitMicros: 0, period: "day" });
    const { streaming, model } = pricedCore();
    const free = await streaming.send(
      ada,
      { ...ask(createId(), "u1", "Hi"), model: "scripted/free" },
      options(),
    );
    model.play(finish());
    await free.done;
    const unknown = { ...ask(createId(), "u1", "Hi"), model: "scripted/unknown" };
    expect(await failure(streaming.send(ada, unknown, options()))).toMatchObject({ type: "quota_exceeded" });
    await limit({ limitMicros: 1, period: "day" });
    const taken = await streaming.send(ada, unknown, options());
    model.play(reported(40));
    await taken.done;
    expect(await counters()).toMatchObject([{ spentMicros: 40, heldMicros: 0 }]);
  });

  test("the installation's limit stands over what its keys pay for, and the person's own over all", async () => {
    await limitInstallation({ limitMicros: 1_000, period: "month" });
    const store = createGenerationStore(engine.db);
    const outcomes: string[] = [];
    for (const payer of ["installation", "installation", "person"] as const)
      outcomes.push((await store.start(asking({ holdMicros: 600, payer }))).outcome);
    expect(outcomes).toEqual(["started", "over-budget", "started"]);
    await limit({ limitMicros: 1_000, period: "month" });
    const refused = await store.start(asking({ holdMicros: 1_001, payer: "person" }));
    expect(refused).toMatchObject({ outcome: "over-budget", standings: [{ whose: "person" }] });
    expect((await store.start(asking({ holdMicros: 300, payer: "installation" }))).outcome).toBe("started");
    expect(await counters()).toMatchObject([
      { budget: "installation", heldMicros: 900 },
      { budget: "person", heldMicros: 300 },
    ]);
  });

  test("all guests together spend no more than ten people may, however many come anew at once", async () => {
    await limitInstallation({ limitMicros: 1_000, period: "day" });
    const store = createGenerationStore(engine.db);
    const guests = await guestsOf(30);
    const asked = guests.map((userId) => ({ ...asking({ holdMicros: 900, payer: "installation" }), userId }));
    const started = await Promise.all(asked.map((each) => store.start(each)));
    expect(started.filter(({ outcome }) => outcome === "started")).toHaveLength(11);
    const refused = started.filter(({ outcome }) => outcome === "over-budget");
    expect(refused).toHaveLength(19);
    expect(refused[0]).toMatchObject({
      standings: expect.arrayContaining([
        expect.objectContaining({ whose: "guests", limitMicros: 10_000, heldMicros: 9_900, leftMicros: 100 }),
      ]),
    });
    const kept = asked.filter((_, index) => started[index]?.outcome === "started");
    await Promise.all(
      kept.map((each) => store.end({ generationId: each.id, epoch: 1 }, endingAt(100), [], lastBatch)),
    );
    expect(await guestCounters()).toMatchObject([{ spentMicros: 1_100, heldMicros: 0 }]);
    // Neither an account nor a guest with a key of their own is in their way, nor they in its.
    expect((await store.start(asking({ holdMicros: 1_000, payer: "installation" }))).outcome).toBe("started");
    const own = { ...asking({ holdMicros: 99_000, payer: "person" }), userId: guests[0] ?? "" };
    expect((await store.start(own)).outcome).toBe("started");
    expect(await guestCounters()).toMatchObject([{ spentMicros: 1_100, heldMicros: 0 }]);
  });

  test("what a guest has spent stands against all of them when they are gone or have an account", async () => {
    await limitInstallation({ limitMicros: null, period: "month" }, { limitMicros: 1_000, period: "month" });
    const store = createGenerationStore(engine.db);
    const [first = "", second = "", third = ""] = await guestsOf(3);
    const asked = (userId: string, holdMicros: number) => ({
      ...asking({ holdMicros, payer: "installation" }),
      userId,
    });
    const [one, two] = [asked(first, 600), asked(second, 300)];
    for (const each of [one, two]) expect((await store.start(each)).outcome).toBe("started");
    await store.end({ generationId: one.id, epoch: 1 }, endingAt(550), [], lastBatch);
    await engine.db.delete(user).where(eq(user.id, first));
    await createGuestMove(engine.db, moveGuestChats)(second, "bob");
    expect((await createUsageLedger(engine.db).standings(third))[2]).toMatchObject({
      whose: "guests",
      limitMicros: 1_000,
      spentMicros: 550,
      heldMicros: 300,
      leftMicros: 150,
    });
    await store.end({ generationId: two.id, epoch: 1 }, endingAt(200), [], lastBatch);
    expect(await guestCounters()).toMatchObject([{ spentMicros: 750, heldMicros: 0 }]);
    expect(await store.start(asked(third, 251))).toMatchObject({ outcome: "over-budget" });
    expect((await store.start(asked(third, 250))).outcome).toBe("started");
  });

  test("what is held for an erased guest stands in no other guest's way, and counts where a model was asked for it", async () => {
    await limitInstallation({ limitMicros: null, period: "month" }, { limitMicros: 1_000, period: "month" });
    const store = createGenerationStore(engine.db);
    const guests = await guestsOf(3);
    const asked = (index: number, holdMicros: number) => ({
      ...asking({ holdMicros, payer: "installation" }),
      userId: guests[index] ?? "",
    });
    const [idle, busy] = [asked(0, 600), asked(1, 300)];
    for (const each of [idle, busy]) expect((await store.start(each)).outcome).toBe("started");
    await engine.db
      .update(generationTable)
      .set({ upstreamId: "gen-1" })
      .where(eq(generationTable.id, busy.id));
    await createAccountStore(engine.db).erase(idle.userId);
    expect(await guestCounters()).toMatchObject([{ spentMicros: 0, heldMicros: 300 }]);
    await createAccountStore(engine.db).erase(busy.userId);
    expect(await guestCounters()).toMatchObject([{ spentMicros: 300, heldMicros: 0 }]);
    expect((await store.start(asked(2, 700))).outcome).toBe("started");
  });

  test("a question that is stored while its guest is erased leaves nothing held", async () => {
    await limitInstallation({ limitMicros: null, period: "month" }, { limitMicros: 1_000, period: "month" });
    const [guest = ""] = await guestsOf(1);
    let erased: Promise<void> | undefined;
    await engine.db.transaction(async (tx) => {
      const asked = { ...asking({ holdMicros: 600, payer: "installation" }), userId: guest };
      expect((await createGenerationStore(tx).start(asked)).outcome).toBe("started");
      erased = createAccountStore(engine.db).erase(guest);
      await untilBlocked(engine);
    });
    await erased;
    expect(await guestCounters()).toMatchObject([{ spentMicros: 0, heldMicros: 0 }]);
    expect(await entries()).toEqual([]);
  });

  test("guests who are erased while their answers end leave nothing held and wait for nobody in a ring", async () => {
    await limitInstallation({ limitMicros: null, period: "day" }, { limitMicros: 1_000_000, period: "day" });
    const store = createGenerationStore(engine.db);
    const guests = await guestsOf(20);
    await Promise.all(
      guests.map(async (userId) => {
        const each = { ...asking({ holdMicros: 100, payer: "installation" }), userId };
        expect((await store.start(each)).outcome).toBe("started");
        await Promise.all([
          store.end({ generationId: each.id, epoch: 1 }, endingAt(10), [], lastBatch),
          createAccountStore(engine.db).erase(userId),
        ]);
      }),
    );
    expect(await guestCounters()).toMatchObject([{ heldMicros: 0 }]);
  });

  test("a guest is told of all guests' budget where there is one, and what they spent before it is summed once", async () => {
    const ledger = createUsageLedger(engine.db);
    const [first = "", second = ""] = await guestsOf(2);
    const whose = async (userId: string) => (await ledger.standings(userId)).map((each) => each.whose);
    expect(await whose(first)).toEqual(["person", "installation"]);
    await engine.db.insert(usageEntry).values({ ...answerEntry("old"), userId: first, costMicros: 700 });
    await limitInstallation({ limitMicros: null, period: "month" }, { limitMicros: 600, period: "month" });
    expect(await whose("ada")).toEqual(["person", "installation"]);
    const told = { whose: "guests", limitMicros: 600, spentMicros: 700, leftMicros: 0 };
    expect(
      (await Promise.all([first, second].map((guest) => ledger.standings(guest)))).map((all) => all[2]),
    ).toEqual([expect.objectContaining(told), expect.objectContaining(told)]);
    await engine.db.delete(usageEntry);
    expect((await ledger.standings(second))[2]).toMatchObject(told);
    expect(await guestCounters()).toMatchObject([{ spentMicros: 700, heldMicros: 0 }]);
  });

  test("guests who ask, stop and end at once never wait for each other's counters in a ring", async () => {
    await limitInstallation(
      { limitMicros: 100_000, period: "day" },
      { limitMicros: 1_000_000, period: "day" },
    );
    const stores = [createGenerationStore(engine.db), createGenerationStore(engine.db)] as const;
    const [guest = ""] = await guestsOf(1);
    const rounds = Array.from({ length: 40 }, async (_, index) => {
      const each = { ...asking({ holdMicros: 100, payer: "installation" }), userId: guest };
      const store = stores[index % 2 === 0 ? 0 : 1];
      expect((await store.start(each)).outcome).toBe("started");
      await store.end({ generationId: each.id, epoch: 1 }, endingAt(10), [], lastBatch);
    });
    await Promise.all(rounds);
    expect(await guestCounters()).toMatchObject([{ spentMicros: 400, heldMicros: 0 }]);
  });

  test("a limit that is set later counts what was spent before it, in its period alone", async () => {
    const { streaming, model } = pricedCore();
    const first = await streaming.send(ada, answerOfAtMost(1_000), options());
    model.play(text("Hi"), reported(700));
    await first.done;
    expect(await counters()).toEqual([]);
    const old = { ...answerEntry("old"), costMicros: 5_000, createdAt: new Date("2020-01-31T23:59:59Z") };
    await engine.db.insert(usageEntry).values(old);
    await limit({ limitMicros: 1_100, period: "day" });
    expect(await failure(streaming.send(ada, answerOfAtMost(1_000), options()))).toMatchObject({
      type: "quota_exceeded",
      details: { spentMicros: 700, leftMicros: 400 },
    });
    const fitting = await streaming.send(ada, answerOfAtMost(400), options());
    expect(await counters()).toMatchObject([{ spentMicros: 700, heldMicros: 400 }]);
    model.play(reported(100));
    await fitting.done;
    expect(await counters()).toMatchObject([{ spentMicros: 800, heldMicros: 0 }]);
  });

  test("an answer that ends while the first one under a limit begins is counted, whichever is stored first", async () => {
    await limitInstallation({ limitMicros: null, period: "month" }, { limitMicros: 9_000, period: "month" });
    await limit({ limitMicros: 9_000, period: "month" });
    const [guest = ""] = await guestsOf(1);
    for (const userId of ["ada", guest]) {
      for (const isEndFirst of [true, false]) {
        await engine.db.delete(spending);
        await engine.db.delete(guestSpending);
        await engine.db.delete(usageEntry);
        const ended = { ...asking({ holdMicros: 0, payer: "installation" }), userId };
        const begun = { ...asking({ holdMicros: 1_000, payer: "installation" }), userId };
        await createGenerationStore(engine.db).start(ended);
        const end = (db: Db) =>
          createGenerationStore(db).end({ generationId: ended.id, epoch: 1 }, endingAt(100), [], lastBatch);
        const begin = (db: Db) => createGenerationStore(db).start(begun);
        const [first, second] = isEndFirst ? [end, begin] : [begin, end];
        let meanwhile: Promise<unknown> | undefined;
        await engine.db.transaction(async (tx) => {
          await first(tx);
          meanwhile = second(engine.db);
          await untilBlocked(engine);
        });
        await meanwhile;
        const counted = userId === "ada" ? await counters() : await guestCounters();
        expect(counted).toMatchObject([{ spentMicros: 100, heldMicros: 1_000 }]);
      }
    }
  });

  test("answers that end together are counted together, each in the budgets that it counts for", async () => {
    await limit({ limitMicros: 1_000_000, period: "month" });
    await limitInstallation({ limitMicros: 1_000_000, period: "day" });
    const store = createGenerationStore(engine.db);
    const asked = Array.from({ length: 8 }, (_, index) =>
      asking({ holdMicros: 1_000, payer: index % 2 ? "person" : "installation" }),
    );
    await Promise.all(asked.map((each) => store.start(each)));
    await Promise.all(
      asked.map((each) => store.end({ generationId: each.id, epoch: 1 }, endingAt(100), [], lastBatch)),
    );
    expect(await counters()).toMatchObject([
      { budget: "installation", spentMicros: 400, heldMicros: 0 },
      { budget: "person", spentMicros: 800, heldMicros: 0 },
    ]);
  });

  test("an answer that was taken over costs what all of its writers asked for", async () => {
    await limit({ limitMicros: 1_000_000, period: "month" });
    const dead = pricedCore();
    const { generation } = await dead.streaming.send(ada, answerOfAtMost(1_000), options());
    dead.model.play({ type: "upstream-id", id: "gen-1" }, text("Once upon"));
    const next = pricedCore();
    for (let written = ""; !written.includes("Once"); )
      written = JSON.stringify(await next.streaming.partsOf(generation.id));
    await engine.db.update(generationTable).set({ leaseUntil: new Date(0) });
    await next.streaming.recover("expired");
    next.model.play({ type: "upstream-id", id: "gen-2" }, text(" a time"), reported(300));
    await readAll(next.streaming, generation);
    await next.streaming.drain(0);
    expect((await entries()).map(({ upstreamId, source }) => [upstreamId, source]).toSorted()).toEqual([
      ["gen-1", "estimated"],
      ["gen-2", "reported"],
    ]);
    const spent = (await entries()).reduce((sum, { costMicros }) => sum + (costMicros ?? 0), 0);
    expect(spent).toBeGreaterThan(300);
    expect(await counters()).toMatchObject([{ spentMicros: spent, heldMicros: 0 }]);
    await dead.streaming.drain(0);
  });

  test("a call that broke before its first token is asked about as well as the one that took its place", async () => {
    const { streaming, model } = pricedCore();
    const sent = await streaming.send(ada, answerOfAtMost(1_000), options());
    const broken = new AppError("provider_error", "it broke", { retryable: true });
    model.play({ type: "upstream-id", id: "gen-1" }, broken);
    model.play({ type: "upstream-id", id: "gen-2" }, text("Hi"), reported(300));
    await sent.done;
    const call = { kind: "answer", generationId: sent.generation.id, chatId: sent.generation.chatId };
    expect(await entries()).toMatchObject([
      { ...call, upstreamId: "gen-2", costMicros: 300, source: "reported" },
      { ...call, upstreamId: "gen-1", costMicros: null, source: "estimated", reconcileAt: expect.any(Date) },
    ]);
  });

  test("an answer that its person does not want finished is noted with what was written, and asked about", async () => {
    const dead = pricedCore();
    const { generation } = await dead.streaming.send(ada, answerOfAtMost(1_000), options());
    dead.model.play({ type: "upstream-id", id: "gen-1" }, text("Once upon"));
    const next = pricedCore();
    for (let written = ""; !written.includes("Once"); )
      written = JSON.stringify(await next.streaming.partsOf(generation.id));
    await engine.db.update(user).set({ finishAnswers: false });
    await engine.db.update(generationTable).set({ leaseUntil: new Date(0) });
    await next.streaming.recover("expired");
    await engine.db.update(user).set({ finishAnswers: true });
    expect((await next.streaming.get(generation.id))?.status).toBe("interrupted");
    expect(next.model.requests).toEqual([]);
    expect(await entries()).toMatchObject([
      {
        generationId: generation.id,
        upstreamId: "gen-1",
        outputTokens: 3,
        costMicros: expect.any(Number),
        source: "estimated",
        reconcileAt: expect.any(Date),
      },
    ]);
    await dead.streaming.drain(0);
  });

  test("an answer whose key is gone is noted with what was written, and asked about", async () => {
    const dead = pricedCore();
    const { generation } = await dead.streaming.send(ada, answerOfAtMost(1_000), options());
    dead.model.play({ type: "upstream-id", id: "gen-1" }, text("Once upon"));
    const models = {
      ...directoryOf(createScriptedProvider()),
      getModel: async () => null,
      requireModel: () => Promise.reject(new AppError("key_missing", "the key is gone")),
    };
    const next = core({ models });
    for (let written = ""; !written.includes("Once"); )
      written = JSON.stringify(await next.streaming.partsOf(generation.id));
    await engine.db.update(generationTable).set({ leaseUntil: new Date(0) });
    await next.streaming.recover("expired");
    expect((await next.streaming.get(generation.id))?.status).toBe("failed");
    expect(await entries()).toMatchObject([
      { upstreamId: "gen-1", costMicros: null, outputTokens: 3, reconcileAt: expect.any(Date) },
    ]);
    await dead.streaming.drain(0);
  });

  test("a writer that died before the provider heard of it costs nothing, and the one before it counts once", async () => {
    await limit({ limitMicros: 1_000_000, period: "month" });
    const dead = pricedCore();
    const { generation } = await dead.streaming.send(ada, answerOfAtMost(1_000), options());
    dead.model.play({ type: "upstream-id", id: "gen-1" }, text("Once upon"));
    const [deadToo, next] = [pricedCore(), pricedCore()];
    for (let written = ""; !written.includes("Once"); )
      written = JSON.stringify(await next.streaming.partsOf(generation.id));
    for (const { streaming } of [deadToo, next]) {
      await engine.db.update(generationTable).set({ leaseUntil: new Date(0) });
      await streaming.recover("expired");
    }
    next.model.play({ type: "upstream-id", id: "gen-3" }, text(" a time"), reported(300));
    await readAll(next.streaming, generation);
    await next.streaming.drain(0);
    expect((await entries()).map(({ upstreamId }) => upstreamId).toSorted()).toEqual(["gen-1", "gen-3"]);
    for (const { streaming } of [dead, deadToo]) await streaming.drain(0);
  });

  test("an answer is not finished by another process when that would go over the limit", async () => {
    await limit({ limitMicros: 1_000, period: "month" });
    const dead = pricedCore();
    const { generation } = await dead.streaming.send(ada, answerOfAtMost(1_000), options());
    dead.model.play({ type: "upstream-id", id: "gen-1" }, text("Once upon"));
    const next = pricedCore();
    for (let written = ""; !written.includes("Once"); )
      written = JSON.stringify(await next.streaming.partsOf(generation.id));
    await engine.db.update(generationTable).set({ leaseUntil: new Date(0) });
    await next.streaming.recover("expired");
    expect((await next.streaming.get(generation.id))?.status).toBe("interrupted");
    expect(next.model.requests).toEqual([]);
    expect(await entries()).toMatchObject([{ upstreamId: null }, { upstreamId: "gen-1" }]);
    expect((await counters())[0]).toMatchObject({ heldMicros: 0 });
    await dead.streaming.drain(0);
  });

  test("a free model holds back what its fallback model would cost, and none is sent that nobody offers", async () => {
    await limit({ limitMicros: 1_000, period: "day" });
    const { streaming, model } = pricedCore();
    const asked = (fallback: string) => ({
      ...ask(createId(), createId(), "Hello"),
      model: "scripted/free",
      settings: { maxOutputTokens: 700, routing: { fallbackModels: [fallback] } },
    });
    expect(await failure(streaming.send(ada, asked("scripted/nowhere"), options()))).toMatchObject({
      type: "invalid_request",
      details: { field: "settings.routing.fallbackModels", model: "scripted/nowhere" },
    });
    expect(model.requests).toEqual([]);
    const { done } = await streaming.send(ada, asked("scripted/model"), options());
    expect(await counters()).toMatchObject([{ heldMicros: 700 }]);
    expect(await failure(streaming.send(ada, asked("scripted/model"), options()))).toMatchObject({
      type: "quota_exceeded",
    });
    model.play(reported(700));
    await done;
  });

  function pricedCore() {
    const model = {
      ...createScriptedProvider(),
      takesFallbacks: true as const,
      listModels: async () => priced,
      costOf: async () => null,
    };
    return core({ models: directoryOf(model) }, model);
  }

  function previewedCore() {
    const model = {
      ...createScriptedProvider(),
      listModels: async () => priced,
      bodyOf: async (request: ModelRequest) => JSON.stringify(request),
    };
    const models = directoryOf(model);
    const counter = createTokenCounter({ load: () => Promise.reject(new Error("no tokenizer")) });
    const composer = createPromptComposer({
      settings: createSettingsStore(engine.db),
      cast: nobody,
      counter,
    });
    const { streaming, chats } = core({ prompts: composer, models }, model);
    const records = createPromptRecords(engine.db);
    const ledger = createUsageLedger(engine.db);
    return {
      streaming,
      model,
      previews: createPreviews({ chats, records, composer, models, ledger, counter }),
    };
  }

  async function limit(budget: Budget) {
    const settings = { budget };
    await engine.db
      .insert(personSettings)
      .values({ userId: "ada", settings })
      .onConflictDoUpdate({ target: personSettings.userId, set: { settings } });
  }

  async function limitInstallation(budget: Budget, guestsBudget: Budget | null = null) {
    await engine.db.insert(installation).values({ settings: { budget, guestsBudget } });
  }

  async function guestsOf(count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, (_, index) => `guest-${index}`);
    await engine.db
      .insert(user)
      .values(ids.map((id) => ({ id, name: id, email: `${id}@example.org`, isAnonymous: true })));
    return ids;
  }

  const guestCounters = () => engine.db.select().from(guestSpending);

  const counters = () => engine.db.select().from(spending).orderBy(spending.budget);
  const entries = () => engine.db.select().from(usageEntry).orderBy(usageEntry.id);
});

const priced = [
  // A micro-dollar a token.
  model("scripted/model", 1),
  model("scripted/free", 0),
  model("scripted/unknown", null),
];

function model(id: string, price: number | null): CatalogueModel {
  const inputPrice = price === null ? null : 0;
  return plainModel({ id, provider: "scripted", maxOutputTokens: 100_000, inputPrice, outputPrice: price });
}

/** Its question costs nothing, its answer a micro-dollar a token. */
function answerOfAtMost(micros: number) {
  return { ...ask(createId(), createId(), "Hello"), settings: { maxOutputTokens: micros } };
}

function reported(costMicros: number): ModelChunk {
  const usage = { inputTokens: 1, outputTokens: 1, reasoningTokens: null, cachedTokens: null };
  return { type: "finish", reason: "stop", usage, costMicros };
}

function asking({ holdMicros, payer }: { holdMicros: number; payer: Route["payer"] }): NewGeneration {
  return bareQuestion({ holdMicros, route: { provider: "scripted", payer, credentialId: null } });
}

function answerEntry(id: string) {
  const call = {
    kind: "answer",
    model: "m",
    provider: "p",
    payer: "installation",
    source: "reported",
  } as const;
  return { ...call, id, userId: "ada", chatId: "chat" };
}
