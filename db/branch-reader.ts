import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Branch, BranchEnd, ChatStore } from "@/lib/chats/chat-store";
import { messageMetadataSchema, messageStatuses } from "@/lib/chats/message";
import { partSchema } from "@/lib/chats/part";
import { modelSettingsSchema } from "@/lib/models/settings";
import { isKept } from "./chat-purge";
import type { Db } from "./client";
import { lightParts } from "./light-parts";
import { rows } from "./rows";

const moment = z.coerce.date();
const momentOrNull = z.coerce.date().nullable();

const branchRow = z.object({
  id: z.string(),
  title: z.string().nullable(),
  title_source: z.enum(["question", "model", "person"]).nullable(),
  model: z.string().nullable(),
  settings: modelSettingsSchema.catch({}),
  pinned_at: momentOrNull,
  archived_at: momentOrNull,
  deleted_at: momentOrNull,
  unread_since: momentOrNull,
  leaf_message_id: z.string().nullable(),
  deletions: z.number(),
  character_id: z.string().nullable(),
  profile_id: z.string().nullable(),
  created_at: moment,
  updated_at: moment,
  message_id: z.string().nullable(),
  parent_id: z.string().nullable(),
  role: z.enum(["system", "user", "assistant"]).nullable(),
  parts: z.array(partSchema).nullable(),
  status: z.enum(messageStatuses).nullable(),
  generation_id: z.string().nullable(),
  written_by: z.string().nullable(),
  metadata: messageMetadataSchema.nullable(),
  is_deleted: z.boolean().nullable(),
  summary: z.string().nullable(),
  summary_digest: z.string().nullable(),
  summary_edited: z.boolean().nullable(),
});

/** The chat and the path to one of its messages in a single statement: it stands between a question and its answer. */
export function createBranchReader(db: Db): Pick<ChatStore, "branch"> {
  return {
    async branch(userId, chatId, ends) {
      const found = await rows(
        db,
        branchRow,
        sql`
          with recursive owned as (
            select * from chat where id = ${chatId} and user_id = ${userId} and ${isKept}
          ), ending as (
            select message.id from message, owned
            join (values ${endValues(ends)}) as wanted (id, rank) on true
            where message.chat_id = owned.id and message.id = coalesce(wanted.id, owned.leaf_message_id)
            order by wanted.rank limit 1
          ), branch as (
            select message.id, message.parent_id, message.role, ${lightParts(partsOf("message"))} as parts, message.status, message.generation_id,
              message.model, message.metadata, message.deleted_at is not null as is_deleted, 0 as depth
            from message join ending on message.id = ending.id where message.chat_id = ${chatId}
            union all
            select above.id, above.parent_id, above.role, ${lightParts(partsOf("above"))}, above.status, above.generation_id,
              above.model, above.metadata, above.deleted_at is not null, branch.depth + 1
            from message above join branch on above.id = branch.parent_id where above.chat_id = ${chatId}
          )
          select owned.*, branch.id as message_id, branch.parent_id, branch.role, branch.parts, branch.status,
            branch.generation_id, branch.model as written_by, branch.metadata, branch.is_deleted,
            summary.text as summary, summary.source_digest as summary_digest, summary.is_edited as summary_edited
          from owned left join branch on true
          left join context_summary summary
            on summary.chat_id = owned.id and summary.through_message_id = branch.id
          order by branch.depth desc`,
      );
      const first = found[0];
      return first
        ? { chat: chatOf(first), path: found.flatMap(messageOf), summaries: found.flatMap(summaryOf) }
        : null;
    },
  };
}

function partsOf(table: "message" | "above") {
  const column = (name: string) => sql.raw(`${table}.${name}`);
  return { chatId: column("chat_id"), id: column("id"), parts: column("parts") };
}

function endValues(ends: readonly BranchEnd[]) {
  if (ends.length === 0) return sql`('', 0)`;
  return sql.join(
    ends.map((end, rank) => sql`(${end === "leaf" ? null : end.messageId}::text, ${rank}::int)`),
    sql`, `,
  );
}

function chatOf(row: z.output<typeof branchRow>): Branch["chat"] {
  return {
    id: row.id,
    title: row.title,
    titleSource: row.title_source,
    model: row.model,
    settings: row.settings,
    pinnedAt: row.pinned_at,
    archivedAt: row.archived_at,
    deletedAt: row.deleted_at,
    unreadSince: row.unread_since,
    leafMessageId: row.leaf_message_id,
    deletions: row.deletions,
    characterId: row.character_id,
    profileId: row.profile_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function messageOf(row: z.output<typeof branchRow>): Branch["path"] {
  const { message_id, parent_id, role, parts, status, generation_id, written_by, metadata, is_deleted } = row;
  if (message_id === null || role === null || parts === null || status === null) return [];
  const message = { id: message_id, parentId: parent_id, role, parts, status };
  return [
    {
      ...message,
      generationId: generation_id,
      model: written_by,
      metadata: metadata ?? {},
      isDeleted: is_deleted ?? false,
    },
  ];
}

function summaryOf(row: z.output<typeof branchRow>): Branch["summaries"] {
  if (row.summary === null || row.summary_digest === null || row.message_id === null) return [];
  return [
    {
      throughMessageId: row.message_id,
      text: row.summary,
      sourceDigest: row.summary_digest,
      isEdited: row.summary_edited ?? false,
    },
  ];
}
