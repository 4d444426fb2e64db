import { sql } from "drizzle-orm";
import { z } from "zod";
import type { TitleStore } from "@/lib/chats/titler";
import type { Db } from "./client";
import { telling } from "./event-log";
import { rows } from "./rows";

export function createTitleStore(db: Db): TitleStore {
  return {
    async setModelTitle(chatId, title) {
      const named = await rows(
        db,
        z.object({ id: z.string() }),
        sql`
          with named as (
            update chat set title = ${title}, title_source = 'model'
            where id = ${chatId} and title_source = 'question' and deleted_at is null
            returning id, user_id
          ), ${telling(sql`named`, "chat-updated", sql`jsonb_build_object('chatId', source.id)`)}
          select id from named`,
      );
      return named.length > 0;
    },
  };
}
