"use client";

import { useEffect, useState } from "react";
import useSWRInfinite from "swr/infinite";
import type { z } from "zod";
import { api } from "@/app/_client/api";
import { subscribeToUserEvents } from "@/app/_client/events/told-events";
import { listCharacters } from "@/lib/api/characters";

export type GalleryPage = z.output<typeof listCharacters.answer>;

export interface GalleryFilter {
  q: string;
  tags: readonly string[];
  deleted: boolean;
}

export const noFilter: GalleryFilter = { q: "", tags: [], deleted: false };

/** The characters that are shown, read again when one has changed on whichever device, and when the window comes back into view. */
export function useGallery(firstPage: GalleryPage) {
  const [filter, setFilter] = useState(noFilter);
  const q = filter.q.trim();
  const isFiltered = q !== "" || filter.tags.length > 0;
  const isPlain = !isFiltered && !filter.deleted;
  const asked = nameOf(q, filter.tags.join(","), filter.deleted);

  // Asked anew at each turn: what was done in one list shows in the other.
  const { data, error, isLoading, isValidating, size, setSize, mutate } = useSWRInfinite(
    (index: number, before: GalleryPage | null) =>
      index > 0 && !before?.nextCursor
        ? null
        : (["characters", q, filter.tags.join(","), filter.deleted, before?.nextCursor ?? null] as const),
    async ([, q, tags, deleted, cursor]) => {
      const query = {
        ...(q !== "" && { q }),
        ...(tags !== "" && { tags }),
        ...(deleted && { deleted: "true" as const }),
        ...(cursor !== null && { cursor }),
      };
      return { ...(await api(listCharacters, { query })), asked: nameOf(q, tags, deleted) };
    },
    {
      fallbackData: isPlain ? [{ ...firstPage, asked }] : undefined,
      keepPreviousData: true,
      dedupingInterval: 0,
    },
  );

  // What was shown before stays while something else is asked for, and no longer once that has failed.
  const isOfBefore = data?.[0]?.asked !== asked;
  const items = error && isOfBefore ? [] : (data?.flatMap((page) => page.items) ?? []);

  useEffect(
    () =>
      subscribeToUserEvents(({ type }) => {
        if (type === "character-changed" || type === "resync") void mutate();
      }),
    [mutate],
  );

  return {
    filter,
    setFilter,
    isFiltered,
    // Between the characters and the trash nothing does: they are not done the same with.
    items: items.filter(({ deletedAt }) => (deletedAt !== null) === filter.deleted),
    tags: data?.[0]?.tags ?? [],
    hasMore: data?.at(-1)?.nextCursor != null,
    error,
    // The whole list came with the page, and SWR calls it loading until it has been asked for again.
    isLoading: isLoading && !isPlain,
    isValidating,
    showMore: () => void setSize(size + 1),
    refresh: () => void mutate(),
  };
}

function nameOf(...asked: readonly (string | boolean)[]): string {
  return JSON.stringify(asked);
}
