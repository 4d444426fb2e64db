import type { Chat } from "@/lib/chats/chat";
import type { ChatFilter, Listing } from "./chat-listing";

export interface ShownList {
  filter: ChatFilter;
  chats: readonly Chat[];
  hasMore: boolean;
  isLoading: boolean;
  /** More could not be fetched. A refresh that fails leaves what is shown, and is tried again. */
  hasFailed: boolean;
}

/** A list with what is under way to fetch more of it. */
export interface Entry {
  listing: Listing;
  isLoading: boolean;
  hasFailed: boolean;
}

export function entryOf(listing: Listing): Entry {
  return { listing, isLoading: false, hasFailed: false };
}

export function draw({ listing, isLoading, hasFailed }: Entry): ShownList {
  const { filter, chats, nextCursor } = listing;
  return { filter, chats, hasMore: nextCursor !== null, isLoading, hasFailed };
}
