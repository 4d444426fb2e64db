import type { CutReason, Seam } from "@/lib/chats/message";
import type { Route } from "@/lib/models/route";
import type { ModelSettings } from "@/lib/models/settings";
import type { Usage } from "@/lib/models/usage";
import type { PromptRecipe } from "@/lib/prompts/recipe";
import type { Bill } from "@/lib/usage/bill";

export const generationStatuses = [
  "queued",
  "streaming",
  "stopping",
  "completed",
  "stopped",
  "failed",
  "interrupted",
] as const;

export const generationKinds = ["send", "regenerate", "continue"] as const;

export type GenerationStatus = (typeof generationStatuses)[number];
export type GenerationKind = (typeof generationKinds)[number];
export type ActiveStatus = "queued" | "streaming" | "stopping";
export type EndedStatus = Exclude<GenerationStatus, ActiveStatus>;

/** One run of a model that writes one message. */
export interface Generation {
  id: string;
  chatId: string;
  userId: string;
  messageId: string;
  status: GenerationStatus;
  /** Rises by one with every takeover; a writer of an older epoch is fenced. */
  epoch: number;
  /** The last sequence number that is durable. */
  lastSeq: number;
  model: string;
  /** The process that writes it, or was the last to. */
  owner: string;
  /** Whether the lease had run out when the row was read. */
  isAbandoned: boolean;
  createdAt: Date;
}

export type ActiveGeneration = Omit<Generation, "isAbandoned"> & { status: ActiveStatus };

/** Proof of the right to write: holds as long as the row says the same epoch and an active status. */
export interface Lease {
  generationId: string;
  epoch: number;
}

/** An answer whose writer is gone, in our hands. */
export interface Abandoned extends Generation {
  settings: ModelSettings;
  /** `null` for one that was begun by an older version. */
  prompt: PromptRecipe | null;
  route: Route | null;
  /** By which the provider knows the call that its writer left. */
  upstreamId: string | null;
  /** Whether its person wants such answers finished without being asked. */
  mayBeFinished: boolean;
  isOfGuest: boolean;
}

/** How an answer ended, beside its text. */
export interface Ending {
  status: EndedStatus;
  /** `null` also for what is not completed. */
  cutReason: CutReason | null;
  usage: Usage | null;
  costMicros: number | null;
  /** What of it goes into the ledger; `null` when nothing was used. */
  bill: Bill | null;
  error: unknown;
  seams: readonly Seam[];
}

export const leaseMs = 15_000;
export const beatMs = 5_000;

export function isActive(status: GenerationStatus): status is ActiveStatus {
  return status === "queued" || status === "streaming" || status === "stopping";
}
