"use client";

import { t } from "@/lib/i18n/characters-translator";

interface GalleryTagsProps {
  tags: readonly string[];
  chosen: readonly string[];
  onChoose(tags: readonly string[]): void;
}

/** Tags to filter by; a character has to have all that are chosen. */
export function GalleryTags({ tags, chosen, onChoose }: GalleryTagsProps) {
  // A comma separates tags where the server is asked for them.
  const offered = [...new Set([...chosen, ...tags])].filter((tag) => !tag.includes(","));
  if (offered.length === 0) return null;

  function toggle(tag: string) {
    onChoose(chosen.includes(tag) ? chosen.filter((each) => each !== tag) : [...chosen, tag]);
  }
  return (
    <ul
      aria-label={t("characters.tags")}
      className="-mx-5 mt-3 flex gap-1.5 overflow-x-auto px-5 pb-1 [scrollbar-width:none]"
    >
      {offered.map((tag) => (
        <li key={tag} className="shrink-0">
          <button
            type="button"
            aria-pressed={chosen.includes(tag)}
            onClick={() => toggle(tag)}
            className="touch-target h-8 max-w-48 truncate rounded-full border border-line px-3 text-sm text-ink-soft transition-colors hover:bg-hover aria-pressed:border-transparent aria-pressed:bg-accent aria-pressed:text-on-accent"
          >
            {tag}
          </button>
        </li>
      ))}
    </ul>
  );
}
