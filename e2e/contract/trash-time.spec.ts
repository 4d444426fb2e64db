import { sql } from "drizzle-orm";
import { z } from "zod";
import { openDatabase } from "@/db/client";
import { rows } from "@/db/rows";
import type { AppServer } from "@/e2e/app-server";
import { ask } from "@/e2e/ask";
import { expect, test } from "@/e2e/fixtures";
import { type Person, signInAsGuest } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { keepChats, listChats } from "@/lib/api/chats";
import { silentLog } from "@/lib/diagnostics/log";

test("what lies in the trash for thirty days is removed by the running app with all its rows, and nothing else", async ({
  ownApp,
}) => {
  const person = await signInAsGuest(ownApp.url);
  const [old, young, kept] = [await answered(person), await answered(person), await answered(person)];
  await person.call(keepChats, { body: { ids: [old.chatId, young.chatId], deleted: true } });
  const before = await inDatabase(ownApp, async (query) => {
    await query(
      sql`update chat set deleted_at = now() - interval '30 days 1 minute' where id = ${old.chatId}`,
    );
    await query(
      sql`update chat set deleted_at = now() - interval '29 days 23 hours' where id = ${young.chatId}`,
    );
    return tablesThatName(query, old);
  });
  expect(before).toEqual(expect.arrayContaining(["chat", "generation", "generation_event", "message"]));

  const trashed = async () => (await person.call(listChats, { query: { deleted: true } })).items;
  await expect.poll(async () => (await trashed()).map(({ id }) => id)).toEqual([young.chatId]);
  expect((await person.request("GET", `/api/chats/${old.chatId}`)).status).toBe(404);
  expect((await person.request("GET", `/api/chats/${old.chatId}/messages`)).status).toBe(404);
  expect((await person.request("GET", `/api/chats/${kept.chatId}`)).status).toBe(200);
  const after = await inDatabase(ownApp, async (query) => ({
    old: await tablesThatName(query, old),
    young: await tablesThatName(query, young),
    kept: await tablesThatName(query, kept),
  }));
  // What was spent stays in the books, and other devices are told of the end.
  expect(after.old.filter((table) => !["usage_entry", "user_event"].includes(table))).toEqual([]);
  expect(after.young).toEqual(before);
  expect(after.kept).toEqual(before);
});

type Query = (statement: ReturnType<typeof sql>) => Promise<unknown[]>;

/** Opens the database of an app that is stopped for it, and started again. */
async function inDatabase<Answer>(app: AppServer, use: (query: Query) => Promise<Answer>): Promise<Answer> {
  await app.stop();
  const { db, close } = await openDatabase({
    database: null,
    dataDir: app.dataDir,
    url: app.url,
    log: silentLog,
  });
  try {
    return await use((statement) => rows(db, z.unknown(), statement));
  } finally {
    await close();
    await app.start();
  }
}

interface Answered {
  chatId: string;
  generationId: string;
}

async function answered(person: Person): Promise<Answered> {
  const asked = await ask(person, "Once [[tokens=5]]");
  await readStream(asked.response);
  return asked;
}

/** Where anything is kept under the id of this chat, or of its answer. */
async function tablesThatName(query: Query, { chatId, generationId }: Answered): Promise<string[]> {
  const tables = z
    .array(z.object({ name: z.string() }))
    .parse(
      await query(
        sql`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
      ),
    );
  const found: string[] = [];
  for (const { name } of tables) {
    const [hit] = await query(
      sql`select 1 from ${sql.identifier(name)} as t where t::text ~ ${`${chatId}|${generationId}`} limit 1`,
    );
    if (hit) found.push(name);
  }
  return found;
}
