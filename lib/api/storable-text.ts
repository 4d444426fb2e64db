import { AppError } from "@/lib/errors/app-error";

/** PostgreSQL has no NUL in text, and half a surrogate pair is no character. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

// What walks through it later does so with a stack, which ends somewhere; nobody's data is a fifth as deep.
const depthMax = 200;

/**
 * For whatever came in as JSON or as a query. Throws `invalid_request` for a text that cannot be stored, names
 * included, and for what is nested too deeply.
 */
export function requireStorable(value: unknown, depth = 0): void {
  if (typeof value === "string" && !isStorable(value)) {
    throw new AppError("invalid_request", "a text cannot be stored", {
      details: { reason: "a text holds a NUL or half a character" },
    });
  }
  if (typeof value !== "object" || value === null) return;
  if (depth >= depthMax) {
    throw new AppError("invalid_request", "nested too deeply", {
      details: { reason: "lists and objects are nested too deeply", depthMax },
    });
  }
  for (const [name, inner] of Object.entries(value)) {
    requireStorable(name, depth);
    requireStorable(inner, depth + 1);
  }
}
