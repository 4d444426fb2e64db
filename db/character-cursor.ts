import { z } from "zod";
import { AppError } from "@/lib/errors/app-error";

const cursorSchema = z.tuple([z.string().max(2_000), z.string().max(64)]);

/** The place of a character in a list: by its name in small letters as the database has it. */
export interface NamePlace {
  name: string;
  id: string;
}

export function writeNameCursor({ name, id }: NamePlace): string {
  return Buffer.from(JSON.stringify([name, id])).toString("base64url");
}

/** Throws `invalid_request` for anything that `writeNameCursor` did not write. */
export function readNameCursor(cursor: string): NamePlace {
  try {
    const [name, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    return { name, id };
  } catch (cause) {
    throw new AppError("invalid_request", "malformed cursor", { cause, details: { field: "cursor" } });
  }
}
