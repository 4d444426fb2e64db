import type { z } from "zod";
import type { Actor } from "@/lib/accounts/actor";
import type { changeCharacter, createCharacter, exportCharacter, listCharacters } from "@/lib/api/characters";
import { createId } from "@/lib/chats/id";
import { AppError } from "@/lib/errors/app-error";
import type { Bus } from "@/lib/events/bus";
import { fillPlaceholders } from "@/lib/prompts/placeholders";
import type { Card } from "./card";
import { type Picture, readCardFile, readPicture, writeJsonFile, writePngFile } from "./card-file";
import { cardProblem } from "./card-problem";
import { type CardVersion, cardVersions } from "./card-version";
import { type Character, type CharacterSummary, charactersMax } from "./character";
import type { CharacterStore, NewCharacter, StoredCharacter, StoredSummary } from "./character-store";
import { cardLimits } from "./limits";
import { parseCard } from "./parse-card";
import { tagsOf } from "./tags-of";
import { writeWorldInfo } from "./world-info/write-world-info";
import { withCopiesRenewed, writeCard } from "./write-card";

type ListQuery = z.output<typeof listCharacters.query>;
type Creating = z.output<typeof createCharacter.body>;
type Change = z.output<typeof changeCharacter.body>;
type ExportQuery = z.output<typeof exportCharacter.query>;

export interface ExportedCard {
  name: string;
  body: string | Uint8Array<ArrayBuffer>;
}

export type Characters = ReturnType<typeof createCharacters>;

const tagsShownMax = 200;

/**
 * What a person does with their characters. Throws `not_found` for every one that is not theirs, `conflict` for a
 * change of an older version, and a `cardProblem` for a card or picture that cannot be taken.
 */
export function createCharacters({ store, bus }: { store: CharacterStore; bus: Bus }) {
  async function require(actor: Actor, characterId: string): Promise<StoredCharacter> {
    return requireFound(await store.get(actor.userId, characterId));
  }

  async function add(actor: Actor, wanted: Omit<NewCharacter, "id" | "tags">): Promise<Character> {
    const created = { id: createId(), tags: tagsOf(wanted.card), ...wanted };
    const stored = await store.create(actor.userId, created, charactersMax);
    bus.publish(`user:${actor.userId}`);
    return present(stored);
  }

  async function change(
    actor: Actor,
    characterId: string,
    version: number,
    wanted: Parameters<CharacterStore["change"]>[3],
  ): Promise<Character> {
    const changed = requireFound(await store.change(actor.userId, characterId, version, wanted));
    bus.publish("cast");
    bus.publish(`user:${actor.userId}`);
    return present(changed);
  }

  async function pictureOf(actor: Actor, { id, avatarId }: StoredSummary): Promise<Picture | null> {
    return avatarId === null ? null : store.picture(actor.userId, id, avatarId);
  }

  async function setDeleted(actor: Actor, characterId: string, deleted: boolean): Promise<CharacterSummary> {
    const kept = requireFound(await store.setDeleted(actor.userId, characterId, deleted));
    bus.publish(`user:${actor.userId}`);
    return presentSummary(kept);
  }

  return {
    async list(
      actor: Actor,
      { cursor, limit, ...filter }: ListQuery,
    ): Promise<z.input<typeof listCharacters.answer>> {
      const [page, tags] = await Promise.all([
        store.list(actor.userId, filter, cursor ?? null, limit),
        cursor === undefined ? store.listTags(actor.userId, tagsShownMax) : [],
      ]);
      return { items: page.items.map(presentSummary), nextCursor: page.nextCursor, tags };
    },

    get: async (actor: Actor, characterId: string) => present(await require(actor, characterId)),

    async summary(actor: Actor, characterId: string): Promise<CharacterSummary> {
      return presentSummary(requireFound(await store.summary(actor.userId, characterId)));
    },

    create: async (actor: Actor, { card, model, profileId }: Creating) =>
      add(actor, {
        card: requireSmall(parseCard(card)),
        model: model ?? null,
        profileId: profileId ?? null,
        picture: null,
      }),

    async import(actor: Actor, file: Uint8Array): Promise<Character> {
      const { card, picture } = readCardFile(file);
      return add(actor, {
        card: requireSmall(card),
        model: null,
        profileId: null,
        picture: picture && { ...picture, id: createId() },
      });
    },

    async duplicate(actor: Actor, characterId: string): Promise<Character> {
      const original = await require(actor, characterId);
      const picture = await pictureOf(actor, original);
      const { card, model, profileId } = original;
      return add(actor, { card, model, profileId, picture: picture && { ...picture, id: createId() } });
    },

    async change(actor: Actor, characterId: string, { version, card, ...rest }: Change): Promise<Character> {
      if (card === undefined) return change(actor, characterId, version, rest);
      const before = await require(actor, characterId);
      const renewed = requireSmall(withCopiesRenewed(before.card, parseCard(card)));
      return change(actor, characterId, version, { ...rest, card: renewed, tags: tagsOf(renewed) });
    },

    setAvatar: async (actor: Actor, characterId: string, version: number, file: Uint8Array) =>
      change(actor, characterId, version, { picture: { ...readPicture(file), id: createId() } }),

    removeAvatar: (actor: Actor, characterId: string, version: number) =>
      change(actor, characterId, version, { picture: null }),

    async avatar(actor: Actor, characterId: string, avatarId: string): Promise<Picture> {
      return requireFound(await store.picture(actor.userId, characterId, avatarId));
    },

    moveToTrash: (actor: Actor, characterId: string) => setDeleted(actor, characterId, true),

    restore: (actor: Actor, characterId: string) => setDeleted(actor, characterId, false),

    async export(actor: Actor, characterId: string, { format, spec }: ExportQuery): Promise<ExportedCard> {
      const found = await require(actor, characterId);
      if (format === "json") return { name: found.name, body: writeJsonFile(found.card, spec) };
      return { name: found.name, body: writePngFile(found.card, await pictureOf(actor, found), spec) };
    },

    async exportLorebook(actor: Actor, characterId: string): Promise<ExportedCard> {
      const { data } = (await require(actor, characterId)).card;
      const book = requireFound(data.character_book ?? null);
      const name = typeof book.name === "string" && book.name.trim() !== "" ? book.name : data.name;
      return { name, body: writeWorldInfo(book) };
    },

    dropTrash: store.dropTrash,
  };
}

/** What is exported has to be small enough to come in again, in every version. */
function requireSmall(card: Card): Card {
  const { textBytesMax } = cardLimits;
  const isSmall = (version: CardVersion) =>
    Buffer.byteLength(JSON.stringify(writeCard(card, version))) <= textBytesMax;
  if (cardVersions.every(isSmall)) return card;
  throw cardProblem("text_too_large", { bytesMax: textBytesMax });
}

function present({ card, ...summary }: StoredCharacter): Character {
  return { ...presentSummary(summary), card };
}

function presentSummary({ createdAt, updatedAt, deletedAt, ...summary }: StoredSummary): CharacterSummary {
  return {
    ...summary,
    summary: fillPlaceholders(summary.summary, {
      texts: { char: summary.name, user: "User" },
      seed: summary.id,
    }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    deletedAt: deletedAt?.toISOString() ?? null,
  };
}

function requireFound<T>(found: T | null): T {
  if (found === null) throw new AppError("not_found", "no such character");
  return found;
}
