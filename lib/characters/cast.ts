import { AppError } from "@/lib/errors/app-error";
import type { Bus } from "@/lib/events/bus";
import type { PromptProfile } from "@/lib/prompts/prompt-character";
import type { Card } from "./card";

/** Who speaks in a chat: the model as the character, the person as the profile; `null` where nobody was chosen. */
export interface Cast {
  character: { id: string; card: Card; model: string | null; profileId: string | null } | null;
  profile: PromptProfile | null;
}

export interface Casting {
  characterId: string | null;
  profileId: string | null;
}

export interface CastStore {
  /**
   * One statement. A character in the trash is still there for the chats that have it. The profile is the one
   * named, or else the character's, or else the person's default.
   */
  find(userId: string, casting: Casting): Promise<Cast>;
}

export type Casts = ReturnType<typeof createCasts>;

// A wake-up of another process may be lost: then a change is used this much later.
const keptMs = 30_000;
/** Cards are some kilobytes as a rule, and 4 MB at most. */
const keptMax = 200;
const keptBytesMax = 64 * 1024 * 1024;

/**
 * The cast of a chat for each question, kept in the process between them. What this process changes is used at once,
 * what another changes as soon as the bus has told.
 */
export function createCasts({
  store,
  bus,
  now = Date.now,
}: {
  store: CastStore;
  bus: Bus;
  now?: () => number;
}) {
  const kept = new Map<string, { cast: Promise<Cast>; atMs: number; bytes: number }>();
  let keptBytes = 0;
  const unsubscribe = bus.subscribe("cast", () => {
    kept.clear();
    keptBytes = 0;
  });

  function drop(key: string) {
    keptBytes -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  }

  function find(userId: string, casting: Casting): Promise<Cast> {
    const key = JSON.stringify([userId, casting.characterId, casting.profileId]);
    const known = kept.get(key);
    if (known && now() - known.atMs < keptMs) return known.cast;
    drop(key);
    const cast = store.find(userId, casting);
    const entry = { cast, atMs: now(), bytes: 0 };
    kept.set(key, entry);
    cast.then(
      (found) => {
        if (kept.get(key) !== entry) return;
        entry.bytes = JSON.stringify(found).length * 2;
        keptBytes += entry.bytes;
        for (const oldest of kept.keys()) {
          if (kept.size <= keptMax && keptBytes <= keptBytesMax) break;
          drop(oldest);
        }
      },
      () => {
        if (kept.get(key) === entry) drop(key);
      },
    );
    return cast;
  }

  return {
    find,

    /** Throws `invalid_request` for a character or profile that is not the person's. */
    async require(userId: string, casting: Casting): Promise<Cast> {
      const cast = await find(userId, casting);
      if (casting.characterId !== null && cast.character?.id !== casting.characterId) {
        throw notTheirs("characterId");
      }
      if (casting.profileId !== null && cast.profile?.id !== casting.profileId) throw notTheirs("profileId");
      return cast;
    },

    close: unsubscribe,
  };
}

function notTheirs(field: string): AppError {
  return new AppError("invalid_request", `unknown ${field}`, { details: { field } });
}
