/** Lets a chat send once a second at most: who comes too soon waits for the turn, nobody is turned away. */
export function createSendPace({ now, sleep }: { now(): number; sleep(ms: number): Promise<void> }) {
  const turns = new Map<string, number>();
  return {
    async turn(chatId: string): Promise<void> {
      const at = Math.max(now(), (turns.get(chatId) ?? Number.NEGATIVE_INFINITY) + sendEveryMs);
      turns.set(chatId, at);
      const waitMs = at - now();
      if (waitMs > 0) await sleep(waitMs);
    },
  };
}

const sendEveryMs = 1000;
