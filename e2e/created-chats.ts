import { keepChats, listChats } from "@/lib/api/chats";
import { ask } from "./ask";
import type { Person } from "./person";
import { readStream } from "./read-stream";

/** Chats of these names, the last one the newest, and all of them looked at. */
export async function createChats(
  person: Person,
  names: readonly string[],
  directives = "\n[[tokens=2]]",
): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const asked = await ask(person, `${name}${directives}`);
    await readStream(asked.response);
    ids.push(asked.chatId);
  }
  await markRead(person);
  return ids;
}

/** As if all that are listed had been looked at. */
export async function markRead(person: Person): Promise<void> {
  const { items } = await person.call(listChats, { query: { limit: 100 } });
  await person.call(keepChats, { body: { ids: items.map(({ id }) => id), unread: false } });
}
