import type { Chat } from "@/lib/chats/chat";

export const chatViews = ["chats", "archive", "trash"] as const;
export type ChatView = (typeof chatViews)[number];

export interface ChatFilter {
  view: ChatView;
  /** Part of the title, in any case. */
  q: string;
}

export interface ChatPage {
  items: Chat[];
  nextCursor: string | null;
}

export interface ChatCalls {
  list(filter: ChatFilter, cursor: string | null, limit: number): Promise<ChatPage>;
  /** `null` when there is no such chat. */
  get(chatId: string): Promise<Chat | null>;
  countUnread(): Promise<number>;
}

/** The beginning of a list as the server has it, in its order. */
export interface Listing {
  filter: ChatFilter;
  chats: readonly Chat[];
  /** Leads to the rest; `undefined` when the server was not asked yet and these are guessed. */
  nextCursor: string | null | undefined;
}

export function belongs({ view, q }: ChatFilter, chat: Chat): boolean {
  const isInView = chat.deletedAt ? view === "trash" : chat.archived ? view === "archive" : view === "chats";
  return isInView && (chat.title ?? "").toLowerCase().includes(q.trim().toLowerCase());
}

/** Has an answer that nobody has looked at, where it would be seen. */
export function isNew(chat: Chat | null | undefined): boolean {
  return !!chat?.unread && !chat.archived && !chat.deletedAt;
}

/** When the chat came to where it stands: into the trash, or into use. */
export function momentOf(view: ChatView, chat: Chat): string {
  return view === "trash" ? (chat.deletedAt ?? chat.updatedAt) : chat.updatedAt;
}

/** Each chat at its place, old places forgotten. What would come after the part that is known waits for its page. */
export function withChats(listing: Listing, changed: readonly Chat[]): Listing {
  const { filter, nextCursor } = listing;
  const ids = new Set(changed.map(({ id }) => id));
  const last = listing.chats.at(-1);
  const others = listing.chats.filter(({ id }) => !ids.has(id));
  const isWithin = (chat: Chat) => !nextCursor || !last || compare(filter.view, chat, last) <= 0;
  const added = changed.filter((chat) => belongs(filter, chat) && isWithin(chat));
  const chats = [...others, ...added];
  return { ...listing, chats: added.length > 0 ? chats.toSorted(order(filter.view)) : chats };
}

export function withoutChats(listing: Listing, ids: ReadonlySet<string>): Listing {
  return { ...listing, chats: listing.chats.filter(({ id }) => !ids.has(id)) };
}

/** A chat that moved while pages were fetched may be in two of them. */
export function withPage(listing: Listing, page: ChatPage): Listing {
  const before = listing.nextCursor === undefined ? [] : listing.chats;
  const byId = new Map([...before, ...page.items].map((chat) => [chat.id, chat]));
  return { ...listing, chats: [...byId.values()], nextCursor: page.nextCursor };
}

/** What is known already of a list that the server was not asked for. */
export function narrowed(listing: Listing, filter: ChatFilter): Listing {
  const isWhole = listing.nextCursor === null && listing.filter.view === filter.view;
  const isPart = isWhole && filter.q.toLowerCase().includes(listing.filter.q.toLowerCase());
  return {
    filter,
    chats: listing.chats.filter((chat) => belongs(filter, chat)),
    nextCursor: isPart ? null : undefined,
  };
}

function order(view: ChatView): (a: Chat, b: Chat) => number {
  return (a, b) => compare(view, a, b);
}

function compare(view: ChatView, a: Chat, b: Chat): number {
  if (view !== "trash" && a.pinned !== b.pinned) return a.pinned ? -1 : 1;
  const [later, earlier] = [momentOf(view, b), momentOf(view, a)];
  return later < earlier ? -1 : later > earlier ? 1 : 0;
}
