import { AppError } from "@/lib/errors/app-error";

/** PostgreSQL has no NUL in text, and half a surrogate pair is no character. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

/** For whatever came in as JSON or as a query. Throws `invalid_request` for a text that cannot be stored, names included. */
export function requireStorable(value: unknown): void {
  if (typeof value === "string" && !isStorable(value)) {
    throw new AppError("invalid_request", "a text cannot be stored", {
      details: { reason: "a text holds a NUL or half a character" },
    });
  }
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    requireStorable(name);
    requireStorable(inner);
  }
}
