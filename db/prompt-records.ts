import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { modelSettingsSchema } from "@/lib/models/settings";
import type { PromptRecords } from "@/lib/prompts/previews";
import { promptRecipeSchema } from "@/lib/prompts/recipe";
import { generationKinds } from "@/lib/streaming/generation";
import type { Db } from "./client";
import { rows } from "./rows";

const askedRow = z
  .object({
    kind: z.enum(generationKinds),
    model: z.string(),
    settings: modelSettingsSchema.catch({}),
    prompt: promptRecipeSchema.nullable().catch(null),
    provider: z.string().nullable(),
    epoch: z.number().int(),
  })
  .transform(({ prompt, ...asked }) => ({ ...asked, recipe: prompt }));

export function createPromptRecords(db: Db): PromptRecords {
  async function isDone(statement: SQL): Promise<boolean> {
    return (await rows(db, z.object({ chat_id: z.string() }), statement)).length > 0;
  }

  return {
    async findAsked({ userId, chatId, messageId }) {
      const [found] = await rows(
        db,
        askedRow,
        sql`
          select kind, model, settings, prompt, route ->> 'provider' as provider, epoch from generation
          where chat_id = ${chatId} and message_id = ${messageId} and user_id = ${userId}
          order by created_at desc, id desc limit 1`,
      );
      return found ?? null;
    },

    changeSummary: ({ userId, chatId, messageId }, text) =>
      isDone(sql`
        update context_summary set text = ${text}, is_edited = true, updated_at = now() from chat
        where chat.id = context_summary.chat_id and chat.user_id = ${userId}
          and chat_id = ${chatId} and through_message_id = ${messageId}
        returning chat_id`),

    deleteSummary: ({ userId, chatId, messageId }) =>
      isDone(sql`
        with named as (
          select chat.id as chat_id, message.position from context_summary summary
          join chat on chat.id = summary.chat_id and chat.user_id = ${userId}
          join message on message.chat_id = chat.id and message.id = summary.through_message_id
          where summary.chat_id = ${chatId} and summary.through_message_id = ${messageId}
        )
        -- With those that it was made from: else the next shorter one would stand in its place.
        delete from context_summary using named, message
        where context_summary.chat_id = named.chat_id
          and message.chat_id = named.chat_id and message.id = context_summary.through_message_id
          and message.position <= named.position
        returning context_summary.chat_id`),
  };
}
