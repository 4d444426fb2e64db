import type { Chunk } from "./chunk";

type Kind = "text" | "reasoning";

/** Turns plain deltas into parts that open and close, one at a time. */
export interface PartWriter {
  write(kind: Kind, delta: string): void;
  close(): void;
}

/**
 * `now` in milliseconds; how long the model reasoned goes with the part. `begun` is what another
 * writer has left behind: how many parts there are, and the one that is still open.
 */
export function createPartWriter(
  emit: (chunk: Chunk) => void,
  now: () => number,
  begun: { number: number; open: { kind: Kind; id: string } | null } = { number: 0, open: null },
): PartWriter {
  let open: { kind: Kind; id: string; since: number } | null = begun.open && { ...begun.open, since: now() };
  let held = "";
  let { number } = begun;

  function close() {
    if (!open) return;
    if (held !== "") emit({ type: `${open.kind}-delta`, id: open.id, delta: "\uFFFD" });
    held = "";
    if (open.kind === "text") emit({ type: "text-end", id: open.id });
    else {
      const durationMs = Math.round(now() - open.since);
      emit({ type: "reasoning-end", id: open.id, providerMetadata: { parley: { durationMs } } });
    }
    open = null;
  }

  return {
    close,
    write(kind, delta) {
      if (delta === "") return;
      if (open?.kind !== kind) {
        close();
        open = { kind, id: `${kind}-${++number}`, since: now() };
        emit({ type: `${kind}-start`, id: open.id });
      }
      // Half a surrogate pair waits for the other half: alone it is no text and JSON columns refuse it.
      const text = held + delta;
      const lastUnit = text.charCodeAt(text.length - 1);
      const isHalf = lastUnit >= 0xd800 && lastUnit <= 0xdbff;
      held = isHalf ? text.slice(-1) : "";
      const whole = (isHalf ? text.slice(0, -1) : text).replaceAll("\0", "\uFFFD").toWellFormed();
      if (whole !== "") emit({ type: `${kind}-delta`, id: open.id, delta: whole });
    },
  };
}
