import { type Presence, pagePresence } from "./presence";

export type ConnectionState = "live" | "polling" | "reconnecting" | "offline";

/** One stream that this page follows, and how it fares. */
export interface Line {
  /** Something came over it. */
  alive(): void;
  /** It is cut, and tried again. */
  lost(): void;
  /** It is no longer followed. */
  close(): void;
}

export interface Connection {
  state(): ConnectionState;
  subscribe(listener: () => void): () => void;
  openLine(): Line;
  presence: Presence;
  /** The same connection for something that is seen less than the page is. */
  within(presence: Presence): Connection;
  /** Whether events are waited for or fetched: something on the way may hold streams back. */
  mode(): "stream" | "poll";
  /** A stream was held back: answers are fetched for two minutes, or until the network changes. */
  holdsBack(): void;
  /** Resolves when it is time to try again after so many failures; sooner when the page or the network comes back. */
  pause(failures: number, signal?: AbortSignal): Promise<void>;
  /** Aborts its signal when the page has been out of sight for a while; `stop` ends the watch. */
  whileVisible(): { signal: AbortSignal; stop(): void };
  /** Between two polls: an answer that grows is not asked about more often than it is drawn. */
  rest(signal?: AbortSignal): Promise<void>;
  /** Resolves when the page is looked at, or when somebody calls `wake`. */
  untilVisible(signal?: AbortSignal): Promise<void>;
  /** For news that came another way: whoever pauses tries now. */
  wake(): void;
}

interface ConnectionParts {
  presence: Presence;
  now(): number;
  setTimer(run: () => void, ms: number): () => void;
  random(): number;
}

export function createConnection({ presence, now, setTimer, random }: ConnectionParts): Connection {
  const lines = new Map<Line, "alive" | "lost">();
  const listeners = new Set<() => void>();
  const wakers = new Set<() => void>();
  let pollUntil = 0;
  let shown: ConnectionState = "live";
  let wasOnline = true;
  /** A network that is said to be gone, and over which something came since, is there. */
  let isProven = false;
  let unsubscribe = () => {};

  function current(): ConnectionState {
    if (!presence.isOnline() && !isProven) return "offline";
    if ([...lines.values()].includes("lost")) return "reconnecting";
    return now() < pollUntil ? "polling" : "live";
  }

  function update(): void {
    const state = current();
    if (state === shown) return;
    shown = state;
    for (const listener of listeners) listener();
  }

  function wake(): void {
    for (const resolve of wakers) resolve();
  }

  function onPresence(): void {
    const isOnline = presence.isOnline();
    isProven = false;
    if (isOnline && !wasOnline) pollUntil = 0;
    if (isOnline && (!wasOnline || presence.isVisible())) wake();
    wasOnline = isOnline;
    update();
  }

  const shared = {
    state: () => shown,
    subscribe(listener: () => void) {
      listeners.add(listener);
      if (listeners.size === 1) {
        unsubscribe = presence.subscribe(onPresence);
        onPresence();
      }
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) unsubscribe();
      };
    },
    openLine() {
      const line: Line = {
        alive() {
          isProven = true;
          lines.set(line, "alive");
          update();
        },
        lost() {
          lines.set(line, "lost");
          update();
        },
        close() {
          lines.delete(line);
          update();
        },
      };
      return line;
    },
    mode: () => (now() < pollUntil ? ("poll" as const) : ("stream" as const)),
    holdsBack() {
      pollUntil = now() + pollMs;
      setTimer(update, pollMs + 1);
      update();
    },
    wake,
    within,
  };

  function within(seen: Presence): Connection {
    return { ...shared, ...createPatience({ presence: seen, wakers, setTimer, random }) };
  }
  return within(presence);
}

type Patience = Pick<Connection, "presence" | "pause" | "rest" | "whileVisible" | "untilVisible">;

function createPatience({
  presence,
  wakers,
  setTimer,
  random,
}: Omit<ConnectionParts, "now"> & { wakers: Set<() => void> }): Patience {
  async function wait(ms: number | null, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    const { promise, resolve } = Promise.withResolvers<void>();
    const stopWatching = presence.subscribe(() => {
      if (presence.isVisible() && presence.isOnline()) resolve();
    });
    const stopTimer = ms === null ? null : setTimer(resolve, ms);
    wakers.add(resolve);
    const leave = () => resolve();
    signal?.addEventListener("abort", leave);
    await promise;
    signal?.removeEventListener("abort", leave);
    stopTimer?.();
    stopWatching();
    wakers.delete(resolve);
    signal?.throwIfAborted();
  }

  return {
    presence,
    pause: (failures, signal) =>
      wait(Math.min(retryMsMax, retryMsMin * 2 ** failures) * (0.75 + random() / 2), signal),
    rest: (signal) => wait(restMs, signal),
    untilVisible: async (signal) => {
      if (!presence.isVisible()) await wait(null, signal);
    },
    whileVisible() {
      const leaving = new AbortController();
      let stopTimer: (() => void) | null = null;
      const look = () => {
        stopTimer?.();
        stopTimer = presence.isVisible() ? null : setTimer(() => leaving.abort(), hiddenMsMax);
      };
      const stopWatching = presence.subscribe(look);
      look();
      return {
        signal: leaving.signal,
        stop() {
          stopTimer?.();
          stopWatching();
        },
      };
    },
  };
}

const retryMsMin = 500;
const retryMsMax = 15_000;
const restMs = 250;

/** Browsers give a server about six connections over all tabs: what nobody looks at keeps none. */
const hiddenMsMax = 10_000;

/** After this long a stream is tried again: proxies change with the network. */
const pollMs = 120_000;

export const connection = createConnection({
  presence: pagePresence,
  now: () => Date.now(),
  setTimer(run, ms) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: Math.random,
});
