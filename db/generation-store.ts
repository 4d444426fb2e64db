import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { routeSchema } from "@/lib/models/route";
import { modelSettingsSchema } from "@/lib/models/settings";
import { promptRecipeSchema } from "@/lib/prompts/recipe";
import { packBatch } from "@/lib/streaming/batch";
import type { Abandoned, Generation, Lease } from "@/lib/streaming/generation";
import type { GenerationStore } from "@/lib/streaming/generation-store";
import type { Db } from "./client";
import { createGenerationEnd } from "./generation-end";
import { active, columns, generationColumns, generationRow, leaseFromNow } from "./generation-row";
import { createGenerationStart } from "./generation-start";
import { rows } from "./rows";

// What one process can well begin to write in one sweep; the others see to the rest.
const takenAtOnceMax = 50;

const leaseRow = z
  .object({ id: z.string(), epoch: z.number() })
  .transform((row): Lease => ({ generationId: row.id, epoch: row.epoch }));

const abandonedRow = z
  .looseObject({
    settings: modelSettingsSchema.catch({}),
    prompt: promptRecipeSchema.nullable().catch(null),
    route: routeSchema.nullable().catch(null),
    former_upstream_id: z.string().nullable(),
    finish_answers: z.boolean(),
    is_anonymous: z.boolean().nullable(),
  })
  .transform(
    (row): Abandoned => ({
      ...generationRow.parse(row),
      settings: row.settings,
      prompt: row.prompt,
      route: row.route,
      upstreamId: row.former_upstream_id,
      mayBeFinished: row.finish_answers,
      isOfGuest: row.is_anonymous === true,
    }),
  );

export function createGenerationStore(db: Db): GenerationStore {
  async function one(statement: SQL): Promise<Generation | null> {
    const [row] = await rows(db, generationRow, statement);
    return row ?? null;
  }

  return {
    start: createGenerationStart(db),
    end: createGenerationEnd(db),

    get: (generationId) => one(sql`select ${columns} from generation where id = ${generationId}`),

    find: (userId, chatId, generationId) =>
      one(sql`
        select ${columns} from generation
        where user_id = ${userId} and chat_id = ${chatId}
          and (${generationId}::text is null or id = ${generationId})
        order by created_at desc, id limit 1`),

    findActive: (userId, chatId) =>
      one(sql`
        select ${columns} from generation
        where user_id = ${userId} and chat_id = ${chatId} and status in ${active}`),

    findRequest: (userId, requestId) =>
      one(sql`select ${columns} from generation where user_id = ${userId} and request_id = ${requestId}`),

    async ownSettings(generationId) {
      const [row] = await rows(
        db,
        z.object({ settings: modelSettingsSchema.catch({}) }),
        sql`select prompt -> 'ownSettings' as settings from generation where id = ${generationId}`,
      );
      return row?.settings ?? {};
    },

    requestStop: (userId, chatId, generationId) =>
      one(sql`
        update generation set status = 'stopping'
        where user_id = ${userId} and chat_id = ${chatId} and id = ${generationId}
          and status in ('queued', 'streaming')
        returning ${columns}`),

    listStopping: (owner) =>
      rows(
        db,
        leaseRow,
        sql`select id, epoch from generation where owner = ${owner} and status = 'stopping'`,
      ),

    async noteRead(generationIds) {
      await db.execute(sql`
        with held as (
          select id from generation
          where id in (select json_array_elements_text(${JSON.stringify(generationIds)}::json)) and status in ${active}
          order by id for no key update
        )
        update generation set read_at = now() from held where generation.id = held.id`);
    },

    stopUnread: (owner, afterMs) =>
      rows(
        db,
        leaseRow,
        sql`
          with unread as (
            select id from generation
            where owner = ${owner} and status in ('queued', 'streaming')
              and coalesce(read_at, created_at) < now() - ${`${afterMs} milliseconds`}::interval
            order by id for no key update
          )
          update generation set status = 'stopping' from unread where generation.id = unread.id
          returning generation.id, epoch`,
      ),

    async handOver({ generationId, epoch }, rest) {
      const batch = rest.length > 0 ? packBatch(rest) : null;
      await db.execute(sql`
        with given as (
          update generation set lease_until = now() - interval '1 second', last_seq = coalesce(${batch?.toSeq ?? null}::int, last_seq)
          where id = ${generationId} and epoch = ${epoch} and status in ${active}
            and (${batch === null} or last_seq = ${(batch?.fromSeq ?? 0) - 1})
          returning id, epoch
        )
        insert into generation_event (generation_id, epoch, from_seq, to_seq, body)
        select id, epoch, ${batch?.fromSeq ?? null}::int, ${batch?.toSeq ?? null}::int, ${batch?.body ?? null} from given
        where ${batch !== null}`);
    },

    takeOver(owner, which) {
      const named = typeof which === "object" ? which.generationId : null;
      return rows(
        db,
        abandonedRow,
        sql`
          with abandoned as (
            select id, upstream_id from generation
            where status in ${active} and (${which === "all"} or lease_until < now())
              and (${named}::text is null or id = ${named})
            order by lease_until limit ${takenAtOnceMax} for update skip locked
          )
          update generation set
            epoch = epoch + 1, owner = ${owner}, lease_until = ${leaseFromNow}, read_at = now(), upstream_id = null
          from abandoned, "user"
          where generation.id = abandoned.id and "user".id = generation.user_id
          returning ${generationColumns}, generation.settings, generation.prompt, generation.route,
            "user".finish_answers, "user".is_anonymous, abandoned.upstream_id as former_upstream_id`,
      );
    },

    async clearLog({ generationId, epoch }) {
      await db.execute(sql`
        delete from generation_event using generation
        where generation.id = generation_event.generation_id
          and generation.id = ${generationId} and generation.epoch = ${epoch}`);
    },
  };
}
