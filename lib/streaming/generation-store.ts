import type { MessageMetadata } from "@/lib/chats/message";
import type { Part } from "@/lib/chats/part";
import type { Route } from "@/lib/models/route";
import type { ModelSettings } from "@/lib/models/settings";
import type { PromptRecipe } from "@/lib/prompts/recipe";
import type { Standing } from "@/lib/usage/standing";
import type { Batch, Numbered } from "./batch";
import type { Abandoned, Ending, Generation, GenerationKind, Lease } from "./generation";

export interface NewGeneration {
  id: string;
  userId: string;
  chatId: string;
  requestId: string;
  kind: GenerationKind;
  model: string;
  route: Route;
  settings: ModelSettings;
  /** What the request is put together from; `null` shows nobody what was sent. */
  prompt: PromptRecipe | null;
  /** Of the answer's message: what is known before it is written. */
  metadata: MessageMetadata;
  /** The most that it may cost in micro-dollars: held back from the budgets that it counts for. 0 is let through always. */
  holdMicros: number;
  owner: string;
  /** The answer's message. */
  messageId: string;
  /** The message that is answered; `null` only where there is none. */
  parentId: string;
  /** Stored with the generation unless it is there already; `null` when asking again. */
  question: { id: string; parentId: string | null; parts: Part[] } | null;
  /** For a chat that this is the first message of. */
  chat: {
    title: string | null;
    model: string | null;
    settings: Record<string, unknown>;
    /** As it was when the branch was read: what was deleted since may be what the question hangs on. */
    deletions: number;
  };
}

export type Started =
  | { outcome: "started"; generation: Generation }
  /** The request was seen before: this is its generation, whatever has become of it. */
  | { outcome: "known"; generation: Generation }
  /** Another answer is being written in the chat. Nothing was stored. */
  | { outcome: "busy"; generationId: string }
  /** So much is not left. Nothing was stored. */
  | { outcome: "over-budget"; standings: readonly Standing[] }
  /** The chat is somebody else's or went away. Nothing was stored. */
  | { outcome: "not-found" };

/** All whose lease has run out, or the one that is named if its has; `"all"` is every active one, for a process that is alone by its lock. */
export type Takeover = "expired" | "all" | { generationId: string };

/** The rows that decide who may write which answer. */
export interface GenerationStore {
  /** All or nothing, in one transaction; of twenty at once one is `started`. */
  start(generation: NewGeneration): Promise<Started>;

  get(generationId: string): Promise<Generation | null>;
  /** Within the person's chat; without `generationId` the newest one. */
  find(userId: string, chatId: string, generationId: string | null): Promise<Generation | null>;
  findActive(userId: string, chatId: string): Promise<Generation | null>;
  /** What a request of the person's has begun, whatever has become of it. */
  findRequest(userId: string, requestId: string): Promise<Generation | null>;
  /** What was asked for with its question alone; nothing for one that is not there. */
  ownSettings(generationId: string): Promise<ModelSettings>;

  /** queued | streaming → stopping. Gives the generation as it is then. */
  requestStop(userId: string, chatId: string, generationId: string): Promise<Generation | null>;
  /** What this process holds the leases of and somebody wants to be stopped. */
  listStopping(owner: string): Promise<Lease[]>;

  /** These are being read, or were until just now. */
  noteRead(generationIds: readonly string[]): Promise<void>;
  /** queued | streaming → stopping for what this process writes and nobody was noted to read for `afterMs`. */
  stopUnread(owner: string, afterMs: number): Promise<Lease[]>;

  /**
   * Ends the generation and completes its message in one transaction: the last chunks, the
   * message's parts, the status. `false` when the lease was lost: nothing is stored then.
   * May be repeated when the outcome is not known.
   */
  end(lease: Lease, ending: Ending, parts: readonly Part[], batch: Batch): Promise<boolean>;

  /** Stores the last chunks and gives the lease up at once, so that another process goes on without waiting. */
  handOver(lease: Lease, rest: readonly Numbered[]): Promise<void>;

  /**
   * Takes over active generations whose lease has run out, a few dozen at a time: the epoch rises,
   * the former writer is fenced, and the lease is ours.
   */
  takeOver(owner: string, which: Takeover): Promise<Abandoned[]>;

  /** Forgets what was logged, for an answer that is written again from its beginning. Only under the lease. */
  clearLog(lease: Lease): Promise<void>;
}
