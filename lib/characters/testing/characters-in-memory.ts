import type { Picture } from "@/lib/characters/card-file";
import type { CharacterStore, StoredCharacter } from "@/lib/characters/character-store";
import { createCharacters } from "@/lib/characters/characters";
import { createLocalBus } from "@/lib/events/local-bus";

/** One person's characters, as far as they are added, changed, exported and imported one after the other. */
export function charactersInMemory() {
  const kept = new Map<string, StoredCharacter & { picture: Picture | null }>();
  const at = new Date(0);

  const store: CharacterStore = {
    async create(_userId, { id, card, tags, model, profileId, picture }) {
      const about = { name: card.data.name, tags, summary: "", creator: "", model, profileId };
      const times = { createdAt: at, updatedAt: at, deletedAt: null };
      const character = { id, card, ...about, ...times, avatarId: picture?.id ?? null, version: 1, picture };
      kept.set(id, character);
      return character;
    },
    get: async (_userId, id) => kept.get(id) ?? null,
    async change(_userId, id, _version, { card, picture }) {
      const before = kept.get(id);
      if (!before) return null;
      const changed = {
        ...before,
        version: before.version + 1,
        ...(card && { card }),
        ...(picture !== undefined && { picture, avatarId: picture?.id ?? null }),
      };
      kept.set(id, changed);
      return changed;
    },
    picture: async (_userId, id) => kept.get(id)?.picture ?? null,
    list: notHere,
    listTags: notHere,
    summary: notHere,
    setDeleted: notHere,
    dropTrash: notHere,
  };
  return createCharacters({ store, bus: createLocalBus() });
}

async function notHere(): Promise<never> {
  throw new Error("it is not kept in memory");
}
