import { sql } from "drizzle-orm";
import { z } from "zod";
import type { SummaryStore } from "@/lib/prompts/summariser";
import type { Db } from "./client";
import { rows } from "./rows";

export function createSummaryStore(db: Db): SummaryStore {
  return {
    async put({ chatId, throughMessageId, text, sourceDigest, model }) {
      const stored = await rows(
        db,
        z.object({ chat_id: z.string() }),
        sql`
          with reached as (
            select chat_id, id from message
            where chat_id = ${chatId} and id = ${throughMessageId} and deleted_at is null
          ), stored as (
            insert into context_summary as former (chat_id, through_message_id, text, source_digest, model)
            select chat_id, id, ${text}, ${sourceDigest}, ${model} from reached
            on conflict (chat_id, through_message_id) do update set
              text = excluded.text, source_digest = excluded.source_digest, model = excluded.model,
              updated_at = now()
            where not former.is_edited
          )
          select chat_id from reached`,
      );
      return stored.length > 0;
    },
  };
}
