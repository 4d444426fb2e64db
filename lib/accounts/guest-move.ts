/**
 * Gives everything that a guest made to an account and ends the guest, all or nothing.
 *
 * When it throws, the guest and their data are as before. What the guest starts in another
 * tab meanwhile is moved or refused, never deleted. A guest who is already gone is no error:
 * another tab was faster.
 */
export type MoveGuest = (guestId: string, accountId: string) => Promise<void>;
