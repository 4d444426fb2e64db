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
          insert into context_summary (chat_id, through_message_id, text, source_digest, model)
          select chat_id, id, ${text}, ${sourceDigest}, ${model} from message
          where chat_id = ${chatId} and id = ${throughMessageId} and deleted_at is null
          on conflict (chat_id, through_message_id) do update set
            text = excluded.text, source_digest = excluded.source_digest, model = excluded.model,
            is_edited = false, updated_at = now()
          returning chat_id`,
      );
      return stored.length > 0;
    },
  };
}
