import type { Page } from "@/lib/chats/chat-store";
import type { Card } from "./card";
import type { Picture } from "./card-file";

export interface StoredSummary {
  id: string;
  name: string;
  tags: string[];
  summary: string;
  creator: string;
  avatarId: string | null;
  model: string | null;
  profileId: string | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
}

export type StoredCharacter = StoredSummary & { card: Card };

export interface NewCharacter {
  id: string;
  card: Card;
  tags: string[];
  model: string | null;
  profileId: string | null;
  picture: (Picture & { id: string }) | null;
}

export interface CharacterChange {
  card?: Card;
  tags?: string[];
  model?: string | null;
  profileId?: string | null;
  /** `null` takes it away. */
  picture?: (Picture & { id: string }) | null;
}

export interface CharacterFilter {
  deleted: boolean;
  /** Part of the name or of a tag, in any case. */
  q?: string;
  /** All of these, in any case. */
  tags: readonly string[];
}

/**
 * Every method sees the person's own characters only: somebody else's does not exist. What is created or changed is told
 * to the person's other pages as `character-changed`.
 */
export interface CharacterStore {
  /** By name. */
  list(
    userId: string,
    filter: CharacterFilter,
    cursor: string | null,
    limit: number,
  ): Promise<Page<StoredSummary>>;
  /** The tags of all characters that are not in the trash, the most used first. */
  listTags(userId: string, limit: number): Promise<string[]>;
  /** Also from the trash. */
  get(userId: string, characterId: string): Promise<StoredCharacter | null>;
  summary(userId: string, characterId: string): Promise<StoredSummary | null>;
  /** Throws `too_large` beyond `countMax`, and `invalid_request` for a profile that is not the person's. */
  create(userId: string, character: NewCharacter, countMax: number): Promise<StoredCharacter>;
  /**
   * Changes what is at `version` and counts one on. `null` when there is no such character outside the trash;
   * throws `conflict` with `details.version` when it has another version by now.
   */
  change(
    userId: string,
    characterId: string,
    version: number,
    change: CharacterChange,
  ): Promise<StoredCharacter | null>;
  /** What is so already stays as it is. */
  setDeleted(userId: string, characterId: string, deleted: boolean): Promise<StoredSummary | null>;
  picture(userId: string, characterId: string, avatarId: string): Promise<Picture | null>;
  /** Removes for good what everybody's trash has held for so long and no chat has any more. */
  dropTrash(ageMs: number): Promise<void>;
}
