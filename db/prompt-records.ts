import { sql } from "drizzle-orm";
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
  };
}
