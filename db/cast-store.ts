import { sql } from "drizzle-orm";
import { z } from "zod";
import { cardSchema } from "@/lib/characters/card";
import type { CastStore } from "@/lib/characters/cast";
import type { Db } from "./client";
import { rows } from "./rows";

const castRow = z.object({
  character_id: z.string().nullable(),
  card: cardSchema.nullable(),
  model: z.string().nullable(),
  character_profile_id: z.string().nullable(),
  profile_id: z.string().nullable(),
  profile_name: z.string().nullable(),
  profile_description: z.string().nullable(),
});

export function createCastStore(db: Db): CastStore {
  return {
    async find(userId, { characterId, profileId }) {
      const [found] = await rows(
        db,
        castRow,
        sql`
          select played.id as character_id, card, model, played.profile_id as character_profile_id,
            spoken.id as profile_id, spoken.name as profile_name, spoken.description as profile_description
          from (select 1) as one
          left join character played on played.id = ${characterId} and played.user_id = ${userId}
          left join lateral (
            select id, name, description from profile
            where user_id = ${userId} and (id = ${profileId} or id = played.profile_id or is_default)
            order by id is not distinct from ${profileId} desc, id is not distinct from played.profile_id desc
            limit 1
          ) spoken on true`,
      );
      if (!found) throw new RangeError("a select without a condition gave no row");
      const { character_id: id, card, profile_id: profile } = found;
      return {
        character:
          id === null || card === null
            ? null
            : { id, card, model: found.model, profileId: found.character_profile_id },
        profile:
          profile === null
            ? null
            : { id: profile, name: found.profile_name ?? "", description: found.profile_description ?? "" },
      };
    },
  };
}
