import { z } from "zod";
import type { Connection } from "@/app/_client/connection/connection";
import { readSse } from "@/app/_client/streams/sse";
import { type UserEvent, userEventSchema } from "@/lib/events/user-event";

export interface UserEvents {
  /** Starts with the first listener. `resync` says that events may have been missed. */
  subscribe(listener: (event: UserEvent) => void): () => void;
}

/** What one tab posts reaches all the others. */
export interface Channel {
  post(message: unknown): void;
  listen(hear: (message: unknown) => void): void;
  close(): void;
}

interface UserEventsParts {
  /** The number of the last event that this page knows of; `null` if that cannot be said. */
  after: number | null;
  /** Runs `hold` while nobody else in this browser does; `steal` takes it from who has it. */
  lock(
    hold: (lost: AbortSignal) => Promise<void>,
    options: { steal: boolean; signal: AbortSignal },
  ): Promise<void>;
  openChannel(): Channel;
  open(lastEventId: number | null, signal: AbortSignal): Promise<Response>;
  connection: Connection;
  setTimer(run: () => void, ms: number): () => void;
}

/**
 * What happens in the person's chats, over one stream per browser. Whichever tab holds the lock
 * reads it and tells the others; when it goes, the next one goes on from the last number that
 * was told. A tab in sight that hears nothing from the holder takes the lock from it: the
 * browser may have put that one to sleep.
 */
export function createUserEvents({
  after,
  lock,
  openChannel,
  open,
  connection,
  setTimer,
}: UserEventsParts): UserEvents {
  const listeners = new Set<(event: UserEvent) => void>();
  let lastSeq = after;
  let end: (() => void) | null = null;

  function tell(event: UserEvent): void {
    for (const listener of listeners) listener(event);
  }

  function start(): () => void {
    const leaving = new AbortController();
    const { signal } = leaving;
    const channel = openChannel();
    const line = connection.openLine();
    let isHolder = false;
    let isLost = false;
    let stopTimer = () => {};

    const listen = () => {
      stopTimer();
      stopTimer = setTimer(() => {
        if (!isHolder && connection.presence.isVisible()) hold(true);
        listen();
      }, holderSilenceMsMax);
    };
    channel.listen((data) => {
      const told = toldSchema.safeParse(data).data;
      if (!told) return;
      if (told.state === "joined") {
        // What came before is no sign that the network is there now.
        if (isHolder) channel.post({ state: isLost ? "lost" : undefined, seq: lastSeq ?? undefined });
        return;
      }
      if (isHolder) return;
      listen();
      const { state, seq, event } = told;
      if (state) show(state);
      const hasMissed = seq !== undefined && lastSeq !== null && seq > lastSeq + (event ? 1 : 0);
      if (seq !== undefined) lastSeq = seq;
      if (event) tell(event);
      if (hasMissed && event?.type !== "resync") tell({ type: "resync" });
    });

    const show = (state: "alive" | "lost") => {
      isLost = state === "lost";
      if (isLost) line.lost();
      else line.alive();
    };

    const say = ({ state, event }: Told) => {
      channel.post({ state, event, seq: lastSeq ?? undefined });
      show(state);
      if (event) tell(event);
    };

    function hold(steal: boolean): void {
      lock(
        async (lost) => {
          isHolder = true;
          await follow(AbortSignal.any([signal, lost]), say);
        },
        { steal, signal },
      )
        .catch(letGo)
        .finally(() => {
          isHolder = false;
          if (!signal.aborted && !steal) hold(false);
        });
    }

    listen();
    channel.post({ state: "joined" });
    hold(false);
    return () => {
      leaving.abort();
      stopTimer();
      line.close();
      channel.close();
    };
  }

  async function follow(signal: AbortSignal, say: (told: Told) => void): Promise<void> {
    let failures = 0;
    let hasGap = lastSeq === null;
    while (!signal.aborted) {
      const response = await open(lastSeq, signal).catch(() => null);
      let hasCome = false;
      if (response?.ok && response.body) {
        try {
          const onBytes = () => {
            if (!hasCome && hasGap) say({ state: "alive", event: { type: "resync" } });
            hasGap = false;
            hasCome = true;
            failures = 0;
            say({ state: "alive" });
          };
          for await (const { id, data } of readSse(response.body, {
            silenceMsMax,
            firstMsMax,
            signal,
            onBytes,
          })) {
            const event = userEventSchema.safeParse(JSON.parse(data)).data;
            const seq = Number(id);
            if (id === null || event === undefined) continue;
            lastSeq = seq;
            say({ state: "alive", event });
          }
        } catch {
          // A stream that breaks is one that ended: it is opened again from the last number.
        }
      }
      if (signal.aborted) return;
      if (!hasCome) {
        if (response?.ok) connection.holdsBack();
        say({ state: response?.ok ? "alive" : "lost" });
        // Without a stream the chats are read again now and then.
        if (connection.mode() === "poll") say({ state: "alive", event: { type: "resync" } });
      }
      await connection.pause(hasCome ? 0 : failures, signal).catch(letGo);
      failures += 1;
    }
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      end ??= start();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        end?.();
        end = null;
      };
    },
  };
}

/** A tab that has joined is told how it stands. `seq` is the last event that whoever reads has told of. */
const toldSchema = z.object({
  state: z.enum(["alive", "lost", "joined"]).optional(),
  seq: z.number().optional(),
  event: userEventSchema.optional(),
});

interface Told {
  state: "alive" | "lost";
  event?: UserEvent;
}

/** The server sends a heartbeat every 15 s, and the first one with the headers. */
const silenceMsMax = 45_000;
const firstMsMax = 5000;
const holderSilenceMsMax = 50_000;

/** Leaving a queue or losing the lock is how holding ends. */
function letGo(): void {}
