import { AccountError } from "./account-error";

/** Throws `GUESTS_CLOSED`. It keeps nobody out who is a guest already, nor from becoming an account. */
export function requireGuestsTaken(guests: boolean): void {
  if (!guests) throw new AccountError("GUESTS_CLOSED");
}
