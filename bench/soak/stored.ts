import { sql } from "drizzle-orm";
import { z } from "zod";
import { openDatabase } from "@/db/client";
import { rows } from "@/db/rows";
import { listMessages } from "@/lib/api/chats";
import type { Message } from "@/lib/chats/message";
import { silentLog } from "@/lib/diagnostics/log";
import { type GenerationStatus, generationStatuses } from "@/lib/streaming/generation";
import type { Conversation } from "./conversation.ts";
import { exchange } from "./exchange.ts";

export interface StoredGeneration {
  id: string;
  chatId: string;
  messageId: string;
  status: GenerationStatus;
  epoch: number;
  /** Its last writer's lease has not run out. */
  isLeased: boolean;
}

const generationRow = z
  .object({
    id: z.string(),
    chat_id: z.string(),
    message_id: z.string(),
    status: z.enum(generationStatuses),
    epoch: z.number(),
    is_leased: z.boolean(),
  })
  .transform(({ id, chat_id: chatId, message_id: messageId, status, epoch, is_leased: isLeased }) => {
    const row: StoredGeneration = { id, chatId, messageId, status, epoch, isLeased };
    return row;
  });

/** Looks into the database itself; into an embedded one once its server has ended. */
export async function readGenerations(
  place: { databaseUrl: string } | { dataDir: string },
): Promise<StoredGeneration[]> {
  const database = await openDatabase({
    database: "databaseUrl" in place ? { url: place.databaseUrl, poolMax: 1 } : null,
    dataDir: "dataDir" in place ? place.dataDir : "",
    url: "the soak",
    log: silentLog,
  });
  try {
    return await rows(
      database.db,
      generationRow,
      sql`select id, chat_id, message_id, status, epoch, lease_until > now() as is_leased from generation`,
    );
  } finally {
    await database.close();
  }
}

/** The whole tree of a chat, as a server gives it to its person. */
export async function readMessages(origin: string, { chatId, guest }: Conversation): Promise<Message[]> {
  const path = `/api/chats/${chatId}/messages?limit=1000`;
  const { status, text } = await exchange({ origin, method: "GET", path, cookie: guest.cookie });
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  return listMessages.answer.parse(JSON.parse(text)).items;
}

/** Whether a server tells of an answer that is being written in the chat. */
export async function hasActiveGeneration(origin: string, { chatId, guest }: Conversation): Promise<boolean> {
  const path = `/api/chats/${chatId}`;
  const { status, text } = await exchange({ origin, method: "GET", path, cookie: guest.cookie });
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  return z.object({ activeGeneration: z.unknown() }).parse(JSON.parse(text)).activeGeneration !== null;
}
