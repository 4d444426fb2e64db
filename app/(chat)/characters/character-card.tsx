"use client";

import { Ellipsis, Undo2 } from "lucide-react";
import { lazy, useId } from "react";
import { CharacterPicture } from "@/app/_chat/cast/character-picture";
import { Button } from "@/app/_ui/button";
import { MenuButton } from "@/app/_ui/menu-button";
import type { CharacterSummary } from "@/lib/characters/character";
import { t } from "@/lib/i18n/characters-translator";
import type { CharacterActions } from "./use-character-actions";

const loadMenu = () => import("./character-menu");
const CharacterMenu = lazy(loadMenu);

const tagsShownMax = 3;

interface CharacterCardProps {
  character: CharacterSummary;
  actions: CharacterActions;
}

/** The picture begins a chat; everything else is in the menu. */
export function CharacterCard({ character, actions }: CharacterCardProps) {
  const { id, name, tags, summary, deletedAt } = character;
  const nameId = useId();
  const isDeleted = deletedAt !== null;
  return (
    <article
      aria-labelledby={nameId}
      className="group relative flex min-w-0 flex-col overflow-hidden rounded-lg border border-line bg-raised transition-shadow hover:shadow-raised focus-within:shadow-raised"
    >
      <CharacterPicture character={character} className="aspect-[4/5] w-full" />
      <div className="flex min-w-0 flex-1 flex-col gap-1 p-3">
        <div className="flex min-w-0 items-center gap-1">
          <h2 id={nameId} dir="auto" className="min-w-0 flex-1 truncate font-medium">
            {isDeleted ? (
              name
            ) : (
              <button
                type="button"
                aria-label={t("characters.startChatWith", { name })}
                onClick={() => actions.startChat(id)}
                // The whole card is the button; the menu lies above it.
                className="block w-full truncate text-start outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
              >
                {name}
              </button>
            )}
          </h2>
          {!isDeleted && (
            <MenuButton
              preload={loadMenu}
              aria-label={t("characters.options", { name })}
              className="touch-target relative z-1 -me-1.5 grid size-8 pointer-coarse:-my-2 pointer-coarse:-me-2.5 shrink-0 place-items-center rounded-md text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-expanded:bg-hover"
              renderMenu={(menu) => <CharacterMenu {...menu} character={character} actions={actions} />}
            >
              <Ellipsis aria-hidden className="size-4" />
            </MenuButton>
          )}
        </div>
        {summary !== "" && (
          <p dir="auto" className="line-clamp-2 text-sm text-ink-soft [overflow-wrap:anywhere]">
            {summary}
          </p>
        )}
        {tags.length > 0 && (
          <p className="mt-auto truncate pt-1 text-xs text-ink-faint">
            {tags.slice(0, tagsShownMax).join(" · ")}
          </p>
        )}
        {isDeleted && (
          <Button size="small" className="mt-2 self-start" onClick={() => actions.restore(id)}>
            <Undo2 aria-hidden className="size-4" />
            {t("characters.restore")}
            <span className="sr-only">{name}</span>
          </Button>
        )}
      </div>
    </article>
  );
}
