import { z } from "zod";
import { AppError } from "@/lib/errors/app-error";

const cursorSchema = z.tuple([z.boolean(), z.iso.datetime(), z.string().max(64)]);

/** The place of a chat in a list: what is on top, then the latest. */
export interface ChatPlace {
  isOnTop: boolean;
  at: Date;
  id: string;
}

export function writeChatCursor({ isOnTop, at, id }: ChatPlace): string {
  return Buffer.from(JSON.stringify([isOnTop, at.toISOString(), id])).toString("base64url");
}

/** Throws `invalid_request` for anything that `writeChatCursor` did not write. */
export function readChatCursor(cursor: string): ChatPlace {
  try {
    const [isOnTop, at, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    return { isOnTop, at: new Date(at), id };
  } catch (cause) {
    throw new AppError("invalid_request", "malformed cursor", { cause, details: { field: "cursor" } });
  }
}
