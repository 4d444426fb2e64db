import type { Route } from "@/lib/models/route";
import type { Usage } from "@/lib/models/usage";
import type { GenerationKind, GenerationStatus } from "@/lib/streaming/generation";
import type { Message } from "./message";
import type { Part } from "./part";

/** What the person named: always in one of their own chats. */
export interface MessagePlace {
  userId: string;
  chatId: string;
  messageId: string;
}

/** One of the calls that wrote an answer: the first, and one for each time it was gone on with. */
export interface Writing {
  kind: GenerationKind;
  status: GenerationStatus;
  model: string;
  /** `null` for those from before it was noted. */
  route: Route | null;
  usage: Usage | null;
  costMicros: number | null;
  /** Whether tokens or cost are not what the provider said. */
  isEstimated: boolean;
  /** Why it will stay so: the key that paid, with which alone the provider could be asked, is gone. */
  isKeyGone: boolean;
  startedAt: Date;
  firstTokenAt: Date | null;
  finishedAt: Date | null;
}

export interface AboutMessage {
  /** Larger files are addresses. */
  message: Message;
  /** How many messages hang on it, over all branches. */
  messagesBelow: number;
  /** Oldest first; none for what a person wrote and for copies. */
  writings: Writing[];
}

/**
 * What is done to the tree of a chat beside asking. Each method does all or nothing, in one transaction, and tells
 * the person's other tabs and devices. What is not there, deleted or somebody else's is `not_found`; in a chat
 * that is in the trash it is `gone`; where an answer that is being written is in the way, `generation_active`.
 */
export interface TreeStore {
  about(place: MessagePlace): Promise<AboutMessage>;

  /** Makes the branch through the message the visible one, down to the newest message below it. */
  show(place: MessagePlace): Promise<void>;

  /** Puts an answer beside another one, made from its parts, and shows it. With an id that is there already it changes nothing. */
  addVersion(
    place: MessagePlace,
    version: { id: string; partsFrom: (parts: readonly Part[]) => Part[] },
  ): Promise<Message>;

  /**
   * Hides the message and everything below it; the nearest version that is left becomes visible, or what
   * is above it. Doing it again changes nothing.
   */
  remove(place: MessagePlace): Promise<void>;

  /**
   * Brings back what was removed with the message, and shows the branch that ends at `leafMessageId`,
   * or the newest one. `gone` where what it hangs on was removed after it.
   */
  restore(place: MessagePlace, leafMessageId: string | null): Promise<void>;

  /** Copies the branch down to the message into a new chat. With an id that is there already it changes nothing. */
  copyBranch(place: MessagePlace, copy: { chatId: string; title: string }): Promise<void>;

  /** Forgets for good what was removed longer ago than that. */
  forgetRemoved(olderThanMs: number): Promise<void>;
}
