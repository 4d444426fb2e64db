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
  route: Route;
  upstreamId: string;
}

/** What was spent, and what of it stands against whose limit. */
export interface UsageLedger {
  /** For whoever has the chat by then, where a guest has become an account; for nobody where they were erased. */
  note(note: UsageNote): Promise<void>;

  /** The person's own budget and the installation's for them, as they stand now, and a guest's also that of all guests where there is one. */
  standings(userId: string): Promise<Standing[]>;

  /**
   * Calls that are due to be asked about, for this process alone: each is put off until after its next pause, and
   * given up after the last.
   */
  claimDue(limit: number): Promise<DueEntry[]>;

  /**
   * What a provider said later takes the place of what was estimated, once and wherever it counts. Once all calls of an
   * answer are known, so are the answer's own figures. Gives whose it was; `null` where it was known already.
   */
  reconcile(
    id: string,
    known: { usage: Usage | null; costMicros: number },
  ): Promise<{ userId: string } | null>;

  /** The key that paid is gone: nobody is asked any more, and what was estimated stays. */
  giveUp(id: string): Promise<void>;

  /** Lets go of what is held for answers that nobody writes any more. */
  releaseLost(): Promise<void>;
}
