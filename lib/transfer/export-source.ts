import type { ModelSettings } from "@/lib/models/settings";

export interface ExportSource {
  /** All of the person's chats, archive and trash included, the oldest first. */
  listAll(userId: string): Promise<{ id: string; settings: ModelSettings }[]>;
}
