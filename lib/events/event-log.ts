import type { NumberedEvent } from "./user-event";

/** The events of each person, written in the transactions that they tell of. */
export interface EventLog {
  /** The number of the newest event; 0 where there is none. */
  lastSeq(userId: string): Promise<number>;
  /** Events after `seq`, oldest first; `null` when some of them were dropped. */
  after(userId: string, seq: number, limit: number): Promise<NumberedEvent[] | null>;
  dropOlder(ageMs: number): Promise<void>;
}
