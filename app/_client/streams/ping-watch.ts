/** The stream arrives late and in bunches: something on the way holds it back. */
export class HeldBack extends Error {
  override readonly name = "HeldBack";
}

/**
 * Listens to the server's `: ping <ms>` comments, which carry its time. The two clocks may differ;
 * what counts is that one ping took longer than another. Throws `HeldBack` then.
 */
export function createPingWatch(now: () => number): (comment: string) => void {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  return (comment) => {
    const sentAt = /^ping (\d+)$/.exec(comment)?.[1];
    if (sentAt === undefined) return;
    const took = now() - Number(sentAt);
    least = Math.min(least, took);
    most = Math.max(most, took);
    if (most - least > lateMsMax) throw new HeldBack("The stream is held back on its way.");
  };
}

/** More than a busy network makes of it, less than a reader puts up with. */
const lateMsMax = 3000;
