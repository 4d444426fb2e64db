import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "@/lib/errors/app-error";
import { modelSettingsSchema } from "@/lib/models/settings";
import { packBatch } from "@/lib/streaming/batch";
import {
  type Abandoned,
  type Generation,
  generationStatuses,
  isActive,
  leaseMs,
} from "@/lib/streaming/generation";
import type { GenerationStore, NewGeneration, Started } from "@/lib/streaming/generation-store";
import type { Db } from "./client";
import { telling } from "./event-log";
import { rows } from "./rows";
import { sqlState } from "./sql-state";

const active = sql`('queued', 'streaming', 'stopping')`;
const lease = sql`now() + ${`${leaseMs} milliseconds`}::interval`;
const columns = sql`id, chat_id, user_id, message_id, status, epoch, last_seq, model, created_at`;
const generationColumns = sql`
  generation.id, generation.chat_id, generation.user_id, generation.message_id, generation.status,
  generation.epoch, generation.last_seq, generation.model, generation.created_at`;

// What one process can well begin to write in one sweep; the others see to the rest.
const takenAtOnceMax = 50;

const foreignKeyViolation = "23503";

const generationRow = z
  .object({
    id: z.string(),
    chat_id: z.string(),
    user_id: z.string(),
    message_id: z.string(),
    status: z.enum(generationStatuses),
    epoch: z.number(),
    last_seq: z.number(),
    model: z.string(),
    created_at: z.coerce.date(),
  })
  .transform(
    (row): Generation => ({
      id: row.id,
      chatId: row.chat_id,
      userId: row.user_id,
      messageId: row.message_id,
      status: row.status,
      epoch: row.epoch,
      lastSeq: row.last_seq,
      model: row.model,
      createdAt: row.created_at,
    }),
  );

const abandonedRow = z
  .looseObject({ settings: modelSettingsSchema.catch({}), finish_answers: z.boolean() })
  .transform(
    (row): Abandoned => ({
      ...generationRow.parse(row),
      settings: row.settings,
      mayBeFinished: row.finish_answers,
    }),
  );

export function createGenerationStore(db: Db): GenerationStore {
  async function one(statement: SQL): Promise<Generation | null> {
    const [row] = await rows(db, generationRow, statement);
    return row ?? null;
  }

  return {
    async start(wanted) {
      // The second round is for an answer that ended between the insert and the look at what was in its way.
      for (let round = 0; round < 3; round++) {
        const started = (await insert(db, wanted)) ?? (await findObstacle(db, wanted));
        if (started) return started;
      }
      throw new AppError("unavailable", "the chat's lock keeps changing hands");
    },

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

    requestStop: (userId, chatId, generationId) =>
      one(sql`
        update generation set status = 'stopping'
        where user_id = ${userId} and chat_id = ${chatId} and id = ${generationId}
          and status in ('queued', 'streaming')
        returning ${columns}`),

    async end({ generationId, epoch }, ending, parts, batch) {
      const { status, usage, costMicros, error, seams } = ending;
      const messageStatus = status === "completed" ? "complete" : status;
      const ended = await one(sql`
        with ended as (
          update generation set
            status = ${status}, usage = ${json(usage)}, cost_micros = ${costMicros}::bigint, error = ${json(error)},
            last_seq = ${batch.toSeq}, finished_at = now()
          where id = ${generationId} and epoch = ${epoch} and status in ${active}
            and last_seq = ${batch.fromSeq - 1}
          returning ${columns}
        ), logged as (
          insert into generation_event (generation_id, epoch, from_seq, to_seq, body)
          select id, epoch, ${batch.fromSeq}::int, ${batch.toSeq}::int, ${batch.body} from ended
        ), written as (
          update message set
            parts = ${json(parts)}, status = ${messageStatus}, usage = ${json(usage)}, error = ${json(error)},
            metadata = metadata || ${json(seams.length > 0 ? { seams } : {})}
          from ended where message.chat_id = ended.chat_id and message.id = ended.message_id
        ), touched as (
          update chat set updated_at = now() from ended where chat.id = ended.chat_id
        ), ${telling(
          sql`ended`,
          "generation-ended",
          sql`jsonb_build_object(
            'chatId', source.chat_id, 'generationId', source.id, 'messageId', source.message_id, 'status', source.status)`,
        )}
        select * from ended`);
      if (ended) return true;
      const now = await one(sql`select ${columns} from generation where id = ${generationId}`);
      return now !== null && now.epoch === epoch && !isActive(now.status) && now.lastSeq === batch.toSeq;
    },

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

    takeOver: (owner, which) =>
      rows(
        db,
        abandonedRow,
        sql`
          with abandoned as (
            select id from generation
            where status in ${active} and (${which === "all"} or lease_until < now())
            order by lease_until limit ${takenAtOnceMax} for update skip locked
          )
          update generation set epoch = epoch + 1, owner = ${owner}, lease_until = ${lease}
          from abandoned, "user"
          where generation.id = abandoned.id and "user".id = generation.user_id
          returning ${generationColumns}, generation.settings, "user".finish_answers`,
      ),

    async clearLog({ generationId, epoch }) {
      await db.execute(sql`
        delete from generation_event using generation
        where generation.id = generation_event.generation_id
          and generation.id = ${generationId} and generation.epoch = ${epoch}`);
    },
  };
}

/** `null` when a unique index was in the way: then nothing at all was stored. */
async function insert(db: Db, wanted: NewGeneration): Promise<Started | null> {
  const { chat, question } = wanted;
  const statement = sql`
    with started as (
      insert into generation
        (id, chat_id, user_id, message_id, request_id, kind, status, owner, lease_until, model, settings)
      values
        (${wanted.id}, ${wanted.chatId}, ${wanted.userId}, ${wanted.messageId}, ${wanted.requestId},
         ${wanted.kind}, 'queued', ${wanted.owner}, ${lease}, ${wanted.model}, ${json(wanted.settings)})
      on conflict do nothing
      returning ${columns}
    ), in_chat as (
      insert into chat (id, user_id, title, title_source, model, settings, leaf_message_id)
      select chat_id, user_id, ${chat.title}, 'question', ${chat.model}, ${json(chat.settings)}, message_id
      from started
      on conflict (id) do update set leaf_message_id = excluded.leaf_message_id, updated_at = now()
        where chat.user_id = excluded.user_id and chat.deleted_at is null
      returning id
    ), written as (
      insert into message (chat_id, id, parent_id, role, parts, status, generation_id, model)
      select in_chat.id, new.id, new.parent_id, new.role, new.parts, new.status, new.generation_id, new.model
      from in_chat join (values
        (1, ${question?.id ?? null}, ${question?.parentId ?? null}, 'user', ${json(question?.parts ?? [])},
         'complete', null, null),
        (2, ${wanted.messageId}, ${wanted.parentId}, 'assistant', '[]'::jsonb,
         'streaming', ${wanted.id}, ${wanted.model})
      ) as new (rank, id, parent_id, role, parts, status, generation_id, model) on new.id is not null
      order by new.rank
      on conflict (chat_id, id) do update set
        status = 'streaming', error = null, generation_id = excluded.generation_id, model = excluded.model
        where message.role = 'assistant' and excluded.role = 'assistant' and ${wanted.kind === "continue"}
    ), ${telling(
      sql`started`,
      "generation-started",
      sql`jsonb_build_object('chatId', source.chat_id, 'generationId', source.id, 'messageId', source.message_id)`,
    )}
    select * from started`;
  try {
    const [generation] = await rows(db, generationRow, statement);
    return generation ? { outcome: "started", generation } : null;
  } catch (error) {
    // Without a chat that takes them there are no messages, and the generation's foreign key undoes it all.
    if (sqlState(error) === foreignKeyViolation) return { outcome: "not-found" };
    throw error;
  }
}

async function findObstacle(db: Db, { userId, requestId, chatId }: NewGeneration): Promise<Started | null> {
  const [found] = await rows(
    db,
    z.looseObject({ is_same_request: z.boolean() }),
    sql`
      select ${columns}, (user_id = ${userId} and request_id = ${requestId}) as is_same_request from generation
      where (user_id = ${userId} and request_id = ${requestId}) or (chat_id = ${chatId} and status in ${active})
      order by is_same_request desc limit 1`,
  );
  if (!found) return null;
  const generation = generationRow.parse(found);
  return found.is_same_request
    ? { outcome: "known", generation }
    : { outcome: "busy", generationId: generation.id };
}

function json(value: unknown): SQL {
  return value === null || value === undefined ? sql`null::jsonb` : sql`${JSON.stringify(value)}::jsonb`;
}
