import { sql } from "drizzle-orm";
import { openDatabase } from "@/db/client";
import { silentLog } from "@/lib/diagnostics/log";
import type { AppServer } from "./app-server";

/** Writes messages below the last one of a chat, straight into the embedded database; its server is restarted for it. */
export async function lengthenChat(
  app: AppServer,
  chatId: string,
  { messages, answers }: { messages: number; answers: readonly string[] },
): Promise<void> {
  await app.stop();
  const { db, close } = await openDatabase({
    database: null,
    dataDir: app.dataDir,
    url: app.url,
    log: silentLog,
  });
  try {
    await db.execute(sql`
      insert into message (chat_id, id, parent_id, role, parts, status, created_at)
      select chat.id, chat.id || '-' || n,
        case n when 1 then chat.leaf_message_id else chat.id || '-' || (n - 1) end,
        case n % 2 when 1 then 'user' else 'assistant' end,
        jsonb_build_array(jsonb_build_object('type', 'text', 'text', case n % 2
          when 1 then 'Question ' || ((n + 1) / 2)
          else answers.texts ->> ((n / 2) % jsonb_array_length(answers.texts))::int end)),
        'complete', now() + n * interval '1 millisecond'
      from chat, generate_series(1, ${messages}::int) n, (select ${JSON.stringify(answers)}::jsonb) answers (texts)
      where chat.id = ${chatId}
      order by n`);
    await db.execute(
      sql`update chat set leaf_message_id = id || '-' || ${messages}::int where id = ${chatId}`,
    );
  } finally {
    await close();
  }
  await app.start();
}
