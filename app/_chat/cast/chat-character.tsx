"use client";

import Link from "next/link";
import useSWR from "swr/whole";
import { api } from "@/app/_client/api";
import { getCharacterSummary } from "@/lib/api/characters";
import { t } from "@/lib/i18n/characters-translator";
import { CharacterPicture } from "./character-picture";

/** Whom the model plays, in the header of a chat. Nothing while that is not known. */
export default function ChatCharacter({ characterId }: { characterId: string }) {
  const { data: character } = useSWR(["character", characterId], () =>
    api(getCharacterSummary, { params: { characterId } }),
  );
  if (!character) return null;
  const label = t("characters.editNamed", { name: character.name });
  return (
    <Link
      href={`/characters/${characterId}`}
      prefetch={false}
      aria-label={label}
      data-tip={label}
      className="touch-target flex h-9 max-w-40 shrink-0 items-center gap-2 rounded-md px-1.5 text-sm text-ink-soft transition-colors hover:bg-hover hover:text-ink"
    >
      <CharacterPicture character={character} className="size-7 shrink-0 rounded-full" />
      <span dir="auto" className="truncate max-sm:hidden">
        {character.name}
      </span>
    </Link>
  );
}
