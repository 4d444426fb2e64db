interface UnreadCountParts {
  initial: number;
  fetchCount(): Promise<number>;
  /** Whether something was changed here that the server does not know yet. */
  isAhead(): boolean;
}

/** How many of all chats have an answer that nobody has looked at: the server's number, ahead of it by what is done here. */
export function createUnreadCount({ initial, fetchCount, isAhead }: UnreadCountParts) {
  let count = initial;
  let changes = 0;
  let isDue = false;

  return {
    value: () => count,

    /** The number may be another one on the server. */
    expire(): void {
      isDue = true;
    },

    changeBy(difference: number): void {
      count += difference;
      changes += 1;
    },

    async refresh(): Promise<void> {
      isDue = false;
      const before = changes;
      const fetched = await fetchCount().catch(keepKnown);
      // A number that is older than what was done here meanwhile would count it back.
      if (fetched !== undefined && before === changes && !isAhead()) count = fetched;
    },

    async refreshIfDue(): Promise<void> {
      if (isDue) await this.refresh();
    },
  };
}

/** The next event asks again. */
function keepKnown(): undefined {}
