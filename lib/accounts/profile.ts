import { z } from "zod";
import { AccountError } from "./account-error";

/** Better Auth takes these at any length; PostgreSQL stores no NUL. 2,048 is what a URL may have in common browsers. */
const profileSchema = z.object({ name: textUpTo(200).optional(), image: textUpTo(2048).nullish() });

/** Throws `INVALID_PROFILE`. Fields other than name and image are not looked at. */
export function requireProfile(input: unknown): void {
  const parsed = profileSchema.safeParse(input ?? {});
  if (!parsed.success) throw new AccountError("INVALID_PROFILE", { cause: parsed.error });
}

function textUpTo(charactersMax: number) {
  return z
    .string()
    .max(charactersMax)
    .refine((text) => !text.includes("\0"));
}
