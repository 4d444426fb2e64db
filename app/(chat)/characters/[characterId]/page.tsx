import { notFound } from "next/navigation";
import { services } from "@/app/_server/services";
import { actorOrSignIn } from "@/app/(chat)/actor-of-request";
import { CharactersHeader } from "@/app/(chat)/characters/characters-header";
import type { Actor } from "@/lib/accounts/actor";
import { idSchema } from "@/lib/chats/id";
import { isAppError } from "@/lib/errors/app-error";
import { t } from "@/lib/i18n/characters-translator";
import { EditorIsland } from "./editor-island";
import { StartChat } from "./start-chat";

export default async function CharacterPage({ params }: { params: Promise<{ characterId: string }> }) {
  const { characterId } = await params;
  const actor = await actorOrSignIn(`/characters/${characterId}`);
  if (!idSchema.safeParse(characterId).success) notFound();

  const [character, profiles] = await Promise.all([
    readCharacter(actor, characterId),
    services().profiles.list(actor),
  ]);
  return (
    <div className="flex h-full flex-col">
      <title>{`${character.name} · ${t("characters.title")} · ${t("app.name")}`}</title>
      <CharactersHeader title={character.name} back="/characters">
        <StartChat characterId={characterId} />
      </CharactersHeader>
      <EditorIsland key={characterId} character={character} profiles={profiles.items} />
    </div>
  );
}

async function readCharacter(actor: Actor, characterId: string) {
  try {
    const character = await services().characters.get(actor, characterId);
    if (character.deletedAt === null) return character;
  } catch (cause) {
    if (!isAppError(cause) || cause.type !== "not_found") throw cause;
  }
  return notFound();
}
