import type { ModelSettings } from "@/lib/models/settings";
import type { PersonSettings } from "@/lib/settings/settings";
import type { ExportedCall, ExportedSummary } from "./exported-chat";

export interface ExportSource {
  /** All of the person's chats, archive and trash included, the oldest first. */
  listAll(
    userId: string,
  ): Promise<{ id: string; settings: ModelSettings; summaries: readonly ExportedSummary[] }[]>;
  /** What the person has set. */
  settingsOf(userId: string): Promise<PersonSettings>;
  /** What the person's calls of models have cost, the oldest first, some thousands at a time. */
  listCalls(userId: string): AsyncIterable<readonly ExportedCall[]>;
}
