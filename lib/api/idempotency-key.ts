import { AppError } from "@/lib/errors/app-error";

/** The `Idempotency-Key` header: 1 to 200 printable ASCII characters. Throws `invalid_request` for anything else. */
export function idempotencyKeyOf(headers: Headers): string | null {
  const key = headers.get("idempotency-key");
  if (key === null) return null;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new AppError("invalid_request", "malformed idempotency key", {
      details: { field: "Idempotency-Key" },
    });
  }
  return key;
}
