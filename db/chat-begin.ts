import { sql } from "drizzle-orm";
import { z } from "zod";
import type { ChatStore } from "@/lib/chats/chat-store";
import { isKept } from "./chat-purge";
import type { Db } from "./client";
import { telling } from "./event-log";
import { rows } from "./rows";

export function createChatBegin(db: Db): Pick<ChatStore, "begin"> {
  return {
    async begin(userId, { id, title, model, characterId, profileId, openings }) {
      const leaf = openings[0]?.id ?? null;
      const found = await rows(
        db,
        z.object({ id: z.string() }),
        sql`
          with begun as (
            insert into chat (id, user_id, title, title_source, model, character_id, profile_id, leaf_message_id)
            values (${id}, ${userId}, ${title}, ${title === null ? null : "question"}, ${model}, ${characterId},
              ${profileId}, ${leaf})
            on conflict do nothing
            returning id, user_id
          ), written as (
            insert into message (chat_id, id, parent_id, role, parts, status)
            select begun.id, opening.id, null, 'assistant', opening.parts, 'complete'
            from begun cross join
              rows from (json_to_recordset(${JSON.stringify(openings)}::json) as (id text, parts jsonb))
                with ordinality as opening (id, parts, rank)
            order by opening.rank
          ), ${telling(sql`begun`, "chat-updated", sql`jsonb_build_object('chatId', source.id)`)}
          select id from begun`,
      );
      if (found.length > 0) return true;
      // A look of its own: what stood in the way may be younger than the statement that met it.
      const there = await rows(
        db,
        z.object({ id: z.string() }),
        sql`select id from chat where id = ${id} and user_id = ${userId} and ${isKept}`,
      );
      return there.length > 0;
    },
  };
}
