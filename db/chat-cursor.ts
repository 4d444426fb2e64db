import { z } from "zod";
import type { StoredChat } from "@/lib/chats/chat-store";
import { AppError } from "@/lib/errors/app-error";

const cursorSchema = z.tuple([z.boolean(), z.iso.datetime(), z.string().max(64)]);

/** The place of a chat in the list: pinned first, then by last use. */
export function writeChatCursor({ pinnedAt, updatedAt, id }: StoredChat): string {
  return Buffer.from(JSON.stringify([pinnedAt !== null, updatedAt.toISOString(), id])).toString("base64url");
}

/** Throws `invalid_request` for anything that `writeChatCursor` did not write. */
export function readChatCursor(cursor: string): { pinned: boolean; updatedAt: string; id: string } {
  try {
    const [pinned, updatedAt, id] = cursorSchema.parse(
      JSON.parse(Buffer.from(cursor, "base64url").toString()),
    );
    return { pinned, updatedAt, id };
  } catch (cause) {
    throw new AppError("invalid_request", "malformed cursor", { cause, details: { field: "cursor" } });
  }
}
