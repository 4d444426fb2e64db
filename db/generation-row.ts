import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Generation, generationStatuses, leaseMs } from "@/lib/streaming/generation";

export const active = sql`('queued', 'streaming', 'stopping')`;
export const leaseFromNow = sql`now() + ${`${leaseMs} milliseconds`}::interval`;

export const columns = sql`
  id, chat_id, user_id, message_id, status, epoch, last_seq, model, owner, lease_until < now() as is_abandoned, created_at`;
export const generationColumns = sql`
  generation.id, generation.chat_id, generation.user_id, generation.message_id, generation.status,
  generation.epoch, generation.last_seq, generation.model, generation.owner,
  generation.lease_until < now() as is_abandoned, generation.created_at`;

export const generationRow = z
  .object({
    id: z.string(),
    chat_id: z.string(),
    user_id: z.string(),
    message_id: z.string(),
    status: z.enum(generationStatuses),
    epoch: z.number(),
    last_seq: z.number(),
    model: z.string(),
    owner: z.string(),
    is_abandoned: z.boolean(),
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
      owner: row.owner,
      isAbandoned: row.is_abandoned,
      createdAt: row.created_at,
    }),
  );
