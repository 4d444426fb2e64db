import { z } from "zod";

const placesSchema = z.record(z.string(), z.object({ messageId: z.string(), offset: z.number() }));

/** Where the reader is in a chat: how far below the upper edge of the view a message begins. */
export type ReadingPlace = z.infer<typeof placesSchema>[string];

/** Where each chat was left in this browser. A chat that was left at its end is not listed. */
export const readingPlaces = {
  read: (chatId: string): ReadingPlace | null => load()[chatId] ?? null,

  /** Null is the end. */
  write(chatId: string, place: ReadingPlace | null): void {
    const { [chatId]: _, ...others } = load();
    const kept = Object.entries(others).slice(1 - placesMax);
    const entries = place === null ? kept : [...kept, [chatId, place] as const];
    try {
      localStorage.setItem(key, JSON.stringify(Object.fromEntries(entries)));
    } catch {
      // Full or closed storage costs the place, nothing else.
    }
  },
};

const key = "parley.places";

/** Of a chat that was left above its end, nothing is shown before the script has gone there: for the page's beginning. */
export const hideUntilPlaced = `try {
  const chat = /^\\/chat\\/([\\w-]+)$/.exec(location.pathname);
  if (chat && chat[1] in JSON.parse(localStorage.getItem("${key}") ?? "{}")) document.documentElement.dataset.place = "";
} catch {}`;

/** More than anybody goes back to; each is less than 100 bytes. */
const placesMax = 200;

function load(): Record<string, ReadingPlace> {
  try {
    return placesSchema.parse(JSON.parse(localStorage.getItem(key) ?? "{}"));
  } catch {
    return {}; // Storage is closed to us, or holds another version's: every chat opens at its end.
  }
}
