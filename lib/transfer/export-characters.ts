import type { Actor } from "@/lib/accounts/actor";
import type { Characters } from "@/lib/characters/characters";
import { isAppError } from "@/lib/errors/app-error";
import { type ExportedCharacter, exportedCharacterSchema } from "./exported-chat";

const pageSize = 100;

/** All of a person's characters with their pictures, one at a time, the trash last. */
export async function* charactersOf(
  actor: Actor,
  characters: Pick<Characters, "list" | "get" | "avatar">,
): AsyncGenerator<ExportedCharacter> {
  for (const deleted of [false, true]) {
    let cursor: string | undefined;
    do {
      const page = await characters.list(actor, { deleted, tags: [], limit: pageSize, cursor });
      for (const { id } of page.items) {
        try {
          yield await whole(actor, id, characters);
        } catch (error) {
          if (!isAppError(error) || error.type !== "not_found") throw error;
        }
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
}

async function whole(
  actor: Actor,
  id: string,
  characters: Pick<Characters, "get" | "avatar">,
): Promise<ExportedCharacter> {
  const character = await characters.get(actor, id);
  const { avatarId } = character;
  const found = avatarId === null ? null : await characters.avatar(actor, id, avatarId);
  const picture = found && {
    mediaType: found.mediaType,
    base64: Buffer.from(found.body).toString("base64"),
  };
  return exportedCharacterSchema.parse({ ...character, picture });
}
