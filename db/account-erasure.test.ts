import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { z } from "zod";
import { createAccountStore } from "@/db/account-store";
import { createGenerationStore } from "@/db/generation-store";
import { createInstallation } from "@/db/installation";
import { rows } from "@/db/rows";
import { account, session, user, verification } from "@/db/schema/accounts";
import { character, characterAvatar, profile } from "@/db/schema/characters";
import { attempts } from "@/db/schema/limits";
import { modelCatalogue } from "@/db/schema/models";
import { contextSummary } from "@/db/schema/prompts";
import { personSettings } from "@/db/schema/settings";
import { generation } from "@/db/schema/streaming";
import { spending, usageEntry } from "@/db/schema/usage";
import { credential, endpoint } from "@/db/schema/vault";
import { asking, endingAt, lastBatch } from "@/db/testing/bare-answer";
import { type Engine, forEachEngine } from "@/db/testing/engines";
import { ada, ask, options, setUpStreaming } from "@/db/testing/streaming-core";
import { untilBlocked } from "@/db/testing/until-blocked";
import { createAccounts } from "@/lib/accounts/accounts";
import { createId } from "@/lib/chats/id";
import { silentLog } from "@/lib/diagnostics/log";
import { createLocalBus } from "@/lib/events/local-bus";

/** Tables whose rows are nobody's, each with the reason. A row of any other table goes with its person. */
const ownerless = {
  guest_spending: "sums over all guests, of whom none can be told",
  installation: "whether the server is claimed outlives the administrator",
  verification: "Better Auth's own; a person's rows are removed by their id and address",
};

forEachEngine((engine) => {
  const { core } = setUpStreaming(engine);

  test("every table but the ownerless ones loses a person's rows with the person", async () => {
    const edges = await foreignKeys(engine);
    const owned = new Set(["user"]);
    let before = 0;
    while (before !== owned.size) {
      before = owned.size;
      for (const { from, to, rule } of edges) if (rule === "CASCADE" && owned.has(to)) owned.add(from);
    }
    const tables = await tablesOf(engine);
    expect(tables.filter((table) => !owned.has(table)).toSorted()).toEqual(Object.keys(ownerless).toSorted());
  });

  test("every column that names a person is a foreign key that goes or is emptied with them", async () => {
    const edges = await foreignKeys(engine);
    const named = await rows(
      engine.db,
      z.object({ table_name: z.string(), column_name: z.string() }),
      sql`
        select table_name::text, column_name::text from information_schema.columns
        where table_schema = 'public' and column_name ~ '(^|_)(user|owner|person|administrator)_id$'`,
    );
    expect(named.length).toBeGreaterThan(5);
    for (const { table_name, column_name } of named) {
      const edge = edges.find(({ from, column }) => from === table_name && column === column_name);
      expect(edge, `${table_name}.${column_name}`).toMatchObject({ to: "user", rule: expect.any(String) });
    }
    for (const { from, column, rule } of edges.filter(({ to }) => to === "user")) {
      expect(["CASCADE", "SET NULL"], `${from}.${column}`).toContain(rule);
    }
  });

  test("of an erased person nothing is left in any table, and of the others all", async () => {
    const [gone, kept] = [await fillOne(), await fillOne()];
    await createInstallation(engine.db).claim(gone.userId);
    const keptBefore = await countMentions(engine, kept.marks);
    const filled = [...keptBefore].filter(([, count]) => count > 0).map(([table]) => table);
    expect(filled.toSorted()).toEqual(
      (await tablesOf(engine))
        .filter((table) => !["installation", "guest_spending"].includes(table))
        .toSorted(),
    );

    await createAccountStore(engine.db).erase(gone.userId);

    const left = await countMentions(engine, gone.marks);
    expect([...left].filter(([, count]) => count > 0)).toEqual([]);
    expect(await countMentions(engine, kept.marks)).toEqual(keptBefore);
  });

  test("what is being written for a person is stopped before they are erased", async () => {
    const { streaming, model } = core();
    const { generation, done } = await streaming.send(ada, ask(createId(), "u1", "Hello"), options());
    model.play({ type: "text-delta", text: "Begun" });
    const stopped: (string | undefined)[] = [];
    await createAccounts({
      store: createAccountStore(engine.db),
      bus: createLocalBus(),
      log: silentLog,
      async stop(...which) {
        await streaming.stop(...which);
        stopped.push((await streaming.get(generation.id))?.status);
      },
    }).erase(ada.userId);
    await done;
    expect(stopped).toEqual(["stopped"]);
    expect(await streaming.get(generation.id)).toBeNull();
    expect(await engine.db.select().from(user).where(eq(user.id, ada.userId))).toEqual([]);
  });

  test("what is asked while a person's answers are being stopped is stopped as well", async () => {
    const { streaming } = core();
    const first = await streaming.send(ada, ask(createId(), "u1", "Hello"), options());
    const sent = [first];
    const stopped: string[] = [];
    await createAccounts({
      store: createAccountStore(engine.db),
      bus: createLocalBus(),
      log: silentLog,
      async stop(userId, chatId, generationId) {
        if (sent.length === 1) sent.push(await streaming.send(ada, ask(createId(), "u2", "More"), options()));
        await streaming.stop(userId, chatId, generationId);
        stopped.push(generationId);
      },
    }).erase(ada.userId);
    await Promise.all(sent.map(({ done }) => done));
    expect(stopped).toEqual(sent.map(({ generation }) => generation.id));
  });

  test("an answer that cannot be stopped does not keep a person from being erased", async () => {
    const { streaming } = core();
    const sent = await streaming.send(ada, ask(createId(), "u1", "Hello"), options());
    await createAccounts({
      store: createAccountStore(engine.db),
      bus: createLocalBus(),
      log: silentLog,
      stop: () => Promise.reject(new Error("nobody there")),
    }).erase(ada.userId);
    expect(await engine.db.select().from(user).where(eq(user.id, ada.userId))).toEqual([]);
    await streaming.drain(0);
    await sent.done;
  });

  test("a question that is stored while its person is erased goes with them, and waits for nobody in a ring", async () => {
    const store = createGenerationStore(engine.db);
    const first = asking();
    await store.start(first);
    await store.end({ generationId: first.id, epoch: 1 }, endingAt(100), [], lastBatch);
    let both: Promise<unknown[]> | undefined;
    await engine.db.transaction(async (tx) => {
      await tx.execute(sql`select from user_event_counter where user_id = 'ada' for update`);
      const started = store.start(asking({ chatId: first.chatId }));
      await untilBlocked(engine);
      both = Promise.all([started, createAccountStore(engine.db).erase(ada.userId)]);
      await untilBlocked(engine, 2);
    });
    expect(await both).toMatchObject([{ outcome: "started" }, undefined]);
    for (const table of [user, generation, usageEntry])
      expect(JSON.stringify(await engine.db.select().from(table))).not.toContain("ada");
  });

  /** Somebody with a row in every table that a person can have rows in, and what would give them away. */
  async function fillOne(): Promise<{ userId: string; marks: string[] }> {
    const [userId, chatId] = [createId(), createId()];
    const email = `${userId}@example.org`;
    await engine.db.insert(user).values({ id: userId, name: userId, email });
    const { streaming, model } = core();
    const actor = { userId, isGuest: false, isAdministrator: false };
    const { generation, done } = await streaming.send(actor, ask(chatId, "u1", "Hello"), options());
    model.play({ type: "text-delta", text: `For ${userId}` });
    await streaming.stop(userId, chatId, generation.id);
    await done;
    const expiresAt = new Date(Date.now() + 60_000);
    const [id, token] = [createId(), createId()];
    await engine.db.insert(session).values({ id, token, userId, expiresAt });
    await engine.db.insert(account).values({ id, accountId: userId, providerId: "credential", userId });
    await engine.db.insert(attempts).values({ userId, what: "key-check", count: 1, endsAt: expiresAt });
    await engine.db.insert(personSettings).values({ userId });
    await engine.db.insert(profile).values({ id, userId, name: userId });
    await engine.db.insert(character).values({ id, userId, name: userId, card: {}, profileId: id });
    const avatar = { mediaType: "image/png", body: new Uint8Array([1]) };
    await engine.db.insert(characterAvatar).values({ id: userId, characterId: id, ...avatar });
    await engine.db.insert(endpoint).values({ id, userId, name: userId, baseUrl: "https://models.example" });
    const listed = { shelf: id, endpointId: id, models: [], readAt: new Date() };
    await engine.db.insert(modelCatalogue).values(listed);
    const sealed = { masterKeyId: "m", sealed: "s", masked: "…s", baseUrl: "https://models.example" };
    await engine.db.insert(credential).values({ id, userId, provider: id, ...sealed });
    const summary = { text: userId, sourceDigest: "d", model: "m" };
    await engine.db.insert(contextSummary).values({ chatId, throughMessageId: "u1", ...summary });
    await engine.db.insert(spending).values({ userId, budget: "person", period: "month 2026-11-01" });
    const paid = { payer: "person", model: "m", provider: "p", source: "reported" } as const;
    await engine.db.insert(usageEntry).values({ ...paid, id, kind: "title", userId, chatId: id });
    await engine.db.insert(verification).values([
      { id: createId(), identifier: `reset:${token}`, value: userId, expiresAt },
      { id: createId(), identifier: email, value: token, expiresAt },
    ]);
    return { userId, marks: [userId, id, chatId, generation.id, generation.messageId, token] };
  }
});

/** In how many rows of each table one of the texts stands, in whatever column. */
async function countMentions(engine: Engine, texts: readonly string[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const table of await tablesOf(engine)) {
    const patterns = JSON.stringify(texts.map((text) => `%${text}%`));
    const [found] = await rows(
      engine.db,
      z.object({ count: z.coerce.number() }),
      sql`
        select count(*) from ${sql.identifier(table)} as it
        where it::text like any (array(select json_array_elements_text(${patterns}::json)))`,
    );
    counts.set(table, found?.count ?? 0);
  }
  return counts;
}

async function tablesOf({ db }: Engine): Promise<string[]> {
  const found = await rows(
    db,
    z.object({ name: z.string() }),
    sql`select tablename::text as name from pg_tables where schemaname = 'public'`,
  );
  return found.map(({ name }) => name);
}

function foreignKeys({ db }: Engine) {
  return rows(
    db,
    z.object({
      from: z.string(),
      column: z.string(),
      to: z.string(),
      rule: z.enum(["CASCADE", "SET NULL", "RESTRICT", "OTHER"]),
    }),
    sql`
      select
        referring.relname::text as "from", attribute.attname::text as "column", referred.relname::text as "to",
        case confdeltype when 'c' then 'CASCADE' when 'n' then 'SET NULL' when 'r' then 'RESTRICT' else 'OTHER' end as rule
      from pg_constraint
      join pg_class referring on referring.oid = conrelid
      join pg_class referred on referred.oid = confrelid
      join pg_attribute attribute on attribute.attrelid = conrelid and attribute.attnum = any (conkey)
      where contype = 'f' and connamespace = 'public'::regnamespace`,
  );
}
