import type { Route } from "@/lib/models/route";
import type { Usage } from "@/lib/models/usage";
import type { Bill } from "./bill";
import type { Standing } from "./standing";
import type { UsageKind } from "./usage-source";

/** A call of a model that ends no answer: a title, a summary, or one whose writer is gone. */
export interface UsageNote {
  /** The same id is noted once. */
  id: string;
  kind: UsageKind;
  generationId: string | null;
  userId: string;
  chatId: string;
  model: string;
  route: Route;
  bill: Bill;
}

/** A call of which the provider may know more by now. */
export interface DueEntry {
  id: string;
  userId: string;
  model: string;
  provider: string;
  upstreamId: string;
}

/** What was spent, and what of it stands against whose limit. */
export interface UsageLedger {
  note(note: UsageNote): Promise<void>;

  /** The person's own budget and the installation's for them, as they stand now. */
  standings(userId: string): Promise<Standing[]>;

  /**
   * Calls that are due to be asked about, for this process alone: each is put off until after its next pause, and
   * given up after the last.
   */
  claimDue(limit: number): Promise<DueEntry[]>;

  /** What a provider said later takes the place of what was estimated, once, wherever it counts. */
  reconcile(id: string, known: { usage: Usage | null; costMicros: number }): Promise<void>;

  /** Lets go of what is held for answers that nobody writes any more. */
  releaseLost(): Promise<void>;
}
