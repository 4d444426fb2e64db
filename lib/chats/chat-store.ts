import type { Summary } from "@/lib/prompts/summary";
import type { ActiveGeneration } from "@/lib/streaming/generation";
import type { Message } from "./message";
import type { Part } from "./part";

/** A chat as it is stored; what is being written in it comes from the generations. */
export interface StoredChat {
  id: string;
  title: string | null;
  /** `null` in rows that have no title. */
  titleSource: TitleSource | null;
  model: string | null;
  settings: Record<string, unknown>;
  pinnedAt: Date | null;
  archivedAt: Date | null;
  deletedAt: Date | null;
  unreadSince: Date | null;
  leafMessageId: string | null;
  /** How often messages were deleted from it. */
  deletions: number;
  characterId: string | null;
  profileId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** Who named the chat: its first question, a model, or the person. What the person wrote is never replaced. */
export type TitleSource = "question" | "model" | "person";

/** How a chat is kept. */
export interface KeepingChange {
  pinned?: boolean;
  archived?: boolean;
  deleted?: boolean;
  unread?: boolean;
}

export interface ChatChange extends Omit<KeepingChange, "deleted"> {
  title?: string;
  model?: string | null;
  settings?: Record<string, unknown>;
  leafMessageId?: string;
  characterId?: string | null;
  profileId?: string | null;
}

/** A chat that begins without a question. */
export interface NewChat {
  id: string;
  title: string | null;
  model: string | null;
  characterId: string | null;
  profileId: string | null;
  /** What the character may begin with: versions of one first message, of which the first is shown. */
  openings: { id: string; parts: Part[] }[];
}

export interface ChatFilter {
  archived: boolean;
  deleted: boolean;
  /** Part of the title, in any case. */
  q?: string;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export type ChatWithActive = StoredChat & { active: ActiveGeneration | null };

/** A chat and the branch that a new message would continue. */
export interface Branch {
  chat: StoredChat;
  /** Root first. Empty when the chat has none of the ends asked for. */
  path: (Pick<
    Message,
    "id" | "parentId" | "role" | "parts" | "status" | "generationId" | "model" | "metadata"
  > & {
    isDeleted: boolean;
  })[];
  /** What beginnings of the path were summarised to, the shortest first. */
  summaries: Summary[];
}

/** A place in the tree that has more than one version: the live children of one parent, oldest first. */
export interface Fork {
  parentId: string | null;
  messageIds: string[];
}

/** Messages, and the places among them that have further versions. */
export type MessagePage = Page<Message> & { forks: Fork[] };

/** `chatIds`: the person's own among those that were named. `writers`: the processes that are to stop an answer. */
export interface Kept {
  chatIds: string[];
  writers: string[];
}

/** `chatIds`: all that the person has no more. `writing`: the answers that some of them still wait for. */
export interface Purged {
  chatIds: string[];
  writing: { chatId: string; generationId: string }[];
}

/** Every method sees the person's own chats only: somebody else's does not exist. */
export interface ChatStore {
  list(
    userId: string,
    filter: ChatFilter,
    cursor: string | null,
    limit: number,
  ): Promise<Page<ChatWithActive>>;
  get(userId: string, chatId: string): Promise<ChatWithActive | null>;
  /** A chat of this id that is there already stays as it is. `false` when it is somebody else's. */
  begin(userId: string, chat: NewChat): Promise<boolean>;
  /** How many of the listed ones, neither archived nor deleted, have an answer that nobody has looked at. */
  countUnread(userId: string): Promise<number>;
  /** `null` when there is no such chat; throws `not_found` for a leaf that is not in it. */
  update(userId: string, chatId: string, change: ChatChange): Promise<ChatWithActive | null>;
  /** All at once. In chats that are deleted, whatever is being written is to stop. */
  keepMany(userId: string, chatIds: readonly string[], change: KeepingChange): Promise<Kept>;
  /**
   * Removes what is in the trash for good, the named ones or all. A chat in which an answer is being written is shown no
   * more and goes once that has ended: when it is named again, or else with the next look at the trash.
   */
  purge(userId: string, chatIds: readonly string[] | "all"): Promise<Purged>;
  /** Removes for good what everybody's trash has held for so long and nothing is written in, some hundreds at a time. */
  dropTrash(ageMs: number): Promise<void>;
  /** The newest `limit` messages before the cursor, oldest first. `null` when there is no such chat. */
  messages(userId: string, chatId: string, cursor: string | null, limit: number): Promise<MessagePage | null>;
  /** The branch that ends at the chat's leaf, paged in the same way. Larger files are addresses (`/api/chats/…/files/0`). */
  activePath(
    userId: string,
    chatId: string,
    cursor: string | null,
    limit: number,
  ): Promise<MessagePage | null>;
  /** How many messages of that branch lie before the cursor, down from this one, itself included; 0 when it is not there. */
  countFrom(userId: string, chatId: string, messageId: string, cursor: string | null): Promise<number>;
  /**
   * The chat and the branch that ends at the first of these that it has, also where that is deleted;
   * `null` when there is no such chat. Larger files are addresses.
   */
  branch(userId: string, chatId: string, ends: readonly BranchEnd[]): Promise<Branch | null>;
  /** Whether the id is taken by another person. */
  isSomebodyElses(userId: string, chatId: string): Promise<boolean>;
  /** The answers to a message, oldest first. */
  answersTo(chatId: string, messageId: string): Promise<Pick<Message, "id" | "status">[]>;
  message(chatId: string, messageId: string): Promise<Message | null>;
  /** The address of a message's file as it is stored, counted from 0. */
  fileUrl(
    userId: string,
    place: { chatId: string; messageId: string },
    number: number,
  ): Promise<string | null>;
}

/** A message, or the leaf of the branch that the person sees. */
export type BranchEnd = { messageId: string } | "leaf";
