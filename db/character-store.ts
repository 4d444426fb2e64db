import { and, asc, eq, ilike, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Card, cardSchema } from "@/lib/characters/card";
import type { Picture } from "@/lib/characters/card-file";
import type { CharacterStore, StoredCharacter, StoredSummary } from "@/lib/characters/character-store";
import { pictureTypes } from "@/lib/characters/picture";
import { AppError } from "@/lib/errors/app-error";
import { readNameCursor, writeNameCursor } from "./character-cursor";
import type { Db, Tx } from "./client";
import { telling } from "./event-log";
import { rows } from "./rows";
import { character, characterAvatar, profile } from "./schema/characters";

const droppedAtOnceMax = 100;

const lowerName = sql<string>`lower(${character.name})`;

const summaryColumns = {
  id: character.id,
  name: character.name,
  tags: character.tags,
  // Authors write HTML into their notes, which is nothing to read.
  summary: sql<string>`left(btrim(regexp_replace(left(coalesce(
    nullif(btrim(${character.card} #>> '{data,creator_notes}'), ''),
    ${character.card} #>> '{data,description}', ''), 4000), '(<[^>]*>|\\s)+', ' ', 'g')), 280)`,
  creator: sql<string>`left(coalesce(${character.card} #>> '{data,creator}', ''), 200)`,
  avatarId: character.avatarId,
  model: character.model,
  profileId: character.profileId,
  version: character.version,
  createdAt: character.createdAt,
  updatedAt: character.updatedAt,
  deletedAt: character.deletedAt,
};

export function createCharacterStore(db: Db): CharacterStore {
  async function get(userId: string, characterId: string, from: Db | Tx = db) {
    const [found] = await from
      .select({ ...summaryColumns, card: character.card })
      .from(character)
      .where(isOwn(userId, characterId));
    return found ? parseCharacter(found) : null;
  }

  async function summary(userId: string, characterId: string) {
    const [found] = await db.select(summaryColumns).from(character).where(isOwn(userId, characterId));
    return found ? parseSummary(found) : null;
  }

  return {
    summary,
    get: (userId, characterId) => get(userId, characterId),

    async list(userId, { deleted, q, tags }, cursor, limit) {
      const place = cursor === null ? null : readNameCursor(cursor);
      const found = await db
        .select({ ...summaryColumns, lowerName })
        .from(character)
        .where(
          and(
            eq(character.userId, userId),
            deleted ? isNotNull(character.deletedAt) : isNull(character.deletedAt),
            q ? or(ilike(character.name, containing(q)), hasTag(sql`tag ilike ${containing(q)}`)) : undefined,
            ...tags.map((tag) => hasTag(sql`lower(tag) = lower(${tag})`)),
            place ? sql`(${lowerName}, ${character.id}) > (${place.name}, ${place.id})` : undefined,
          ),
        )
        .orderBy(asc(lowerName), asc(character.id))
        .limit(limit + 1);
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map(({ lowerName: _, ...row }) => parseSummary(row)),
        nextCursor:
          found.length > limit && last ? writeNameCursor({ name: last.lowerName, id: last.id }) : null,
      };
    },

    async listTags(userId, limit) {
      const found = await rows(
        db,
        z.object({ tag: z.string() }),
        sql`
          select min(tag) as tag from ${character}, jsonb_array_elements_text(${character.tags}) as tag
          where ${character.userId} = ${userId} and ${character.deletedAt} is null
          group by lower(tag) order by count(*) desc, lower(tag) limit ${limit}`,
      );
      return found.map(({ tag }) => tag);
    },

    create: (userId, { id, card, tags, model, profileId, picture }, countMax) =>
      db.transaction(async (tx) => {
        const held = await tx.$count(character, eq(character.userId, userId));
        if (held >= countMax) {
          throw new AppError("too_large", "too many characters", { details: { charactersMax: countMax } });
        }
        await requireProfile(tx, userId, profileId);
        const avatarId = picture?.id ?? null;
        const values = { id, userId, name: card.data.name, card, tags, model, profileId, avatarId };
        await tx.insert(character).values(values);
        if (picture) await tx.insert(characterAvatar).values({ characterId: id, ...picture });
        await tellChanged(tx, userId, id);
        return requireRow(await get(userId, id, tx));
      }),

    change: (userId, characterId, version, { card, tags, model, profileId, picture }) =>
      db.transaction(async (tx) => {
        await requireProfile(tx, userId, profileId ?? null);
        const isThere = and(isOwn(userId, characterId), isNull(character.deletedAt));
        const changed = await tx
          .update(character)
          .set({
            ...(card && { card, name: card.data.name }),
            tags,
            model,
            profileId,
            avatarId: picture === undefined ? undefined : (picture?.id ?? null),
            version: sql`${character.version} + 1`,
            updatedAt: sql`now()`,
          })
          .where(and(isThere, eq(character.version, version)))
          .returning({ id: character.id });
        if (changed.length === 0) {
          const [found] = await tx.select({ version: character.version }).from(character).where(isThere);
          if (!found) return null;
          throw new AppError("conflict", "changed meanwhile", { details: { version: found.version } });
        }
        if (picture !== undefined) {
          await tx.delete(characterAvatar).where(eq(characterAvatar.characterId, characterId));
        }
        if (picture) await tx.insert(characterAvatar).values({ characterId, ...picture });
        await tellChanged(tx, userId, characterId);
        return requireRow(await get(userId, characterId, tx));
      }),

    async setDeleted(userId, characterId, deleted) {
      await db.transaction(async (tx) => {
        const changed = await tx
          .update(character)
          .set({ deletedAt: deleted ? sql`coalesce(${character.deletedAt}, now())` : null })
          .where(isOwn(userId, characterId))
          .returning({ id: character.id });
        if (changed.length > 0) await tellChanged(tx, userId, characterId);
      });
      return summary(userId, characterId);
    },

    async picture(userId, characterId, avatarId) {
      const [found] = await db
        .select({ mediaType: characterAvatar.mediaType, body: characterAvatar.body })
        .from(characterAvatar)
        .innerJoin(character, eq(character.id, characterAvatar.characterId))
        .where(and(isOwn(userId, characterId), eq(characterAvatar.id, avatarId)));
      return found ? parsePicture(found) : null;
    },

    async dropTrash(ageMs) {
      await db.execute(sql`
        delete from character where id in (
          select id from character gone
          where deleted_at < now() - ${`${ageMs} milliseconds`}::interval
            and not exists (select from chat where chat.character_id = gone.id and chat.user_id = gone.user_id)
          order by deleted_at limit ${droppedAtOnceMax}
        )`);
    },
  };
}

async function tellChanged(tx: Tx, userId: string, characterId: string): Promise<void> {
  const source = sql`(select ${userId}::text as user_id)`;
  const payload = sql`jsonb_build_object('characterId', ${characterId}::text)`;
  await tx.execute(sql`with ${telling(source, "character-changed", payload)} select 1`);
}

function isOwn(userId: string, characterId: string) {
  return and(eq(character.id, characterId), eq(character.userId, userId));
}

function hasTag(condition: SQL): SQL {
  return sql`exists (select from jsonb_array_elements_text(${character.tags}) as tag where ${condition})`;
}

function containing(q: string): string {
  return `%${q.replace(/[\\%_]/g, "\\$&")}%`;
}

/** The foreign key knows only whether there is such a profile, not whose it is. */
async function requireProfile(tx: Tx, userId: string, profileId: string | null): Promise<void> {
  if (profileId === null) return;
  const found = await tx
    .select({ id: profile.id })
    .from(profile)
    .where(and(eq(profile.id, profileId), eq(profile.userId, userId)));
  if (found.length > 0) return;
  throw new AppError("invalid_request", "no such profile", { details: { field: "profileId" } });
}

type SummaryRow = Omit<StoredSummary, "tags"> & { tags: unknown };

function parseSummary(row: SummaryRow): StoredSummary {
  return { ...row, tags: z.array(z.string()).catch([]).parse(row.tags) };
}

function parseCharacter({ card, ...row }: SummaryRow & { card: unknown }): StoredCharacter {
  return { ...parseSummary(row), card: parseStored(card) };
}

function parseStored(card: unknown): Card {
  return cardSchema.parse(card);
}

function parsePicture({ mediaType, body }: { mediaType: string; body: Uint8Array }): Picture {
  return { mediaType: z.enum(pictureTypes).parse(mediaType), body: Uint8Array.from(body) };
}

function requireRow(found: StoredCharacter | null): StoredCharacter {
  if (!found) throw new RangeError("what was written is not there");
  return found;
}
