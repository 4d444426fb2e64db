import { z } from "zod";
import { modelSettingsSchema } from "@/lib/models/settings";

export const waitingSchema = z.object({
  /** The message's own id, and the key under which it is sent however often. */
  id: z.string(),
  chatId: z.string(),
  text: z.string(),
  model: z.string().nullable(),
  settings: modelSettingsSchema.default({}),
  /** The server has never heard of its chat. */
  isNew: z.boolean(),
  /** In what order they go out: milliseconds, and never the same twice. */
  at: z.number(),
  reason: z.enum(["answer", "connection"]),
});

/** A question that has not gone out: an answer runs, or nobody can be reached. */
export type Waiting = z.infer<typeof waitingSchema>;

/** Where questions wait over reloads; the tabs of a browser share it. */
export interface OutboxStore {
  list(): Promise<Waiting[]>;
  put(waiting: Waiting): Promise<void>;
  remove(id: string): Promise<void>;
  clear(): Promise<void>;
}

interface OutboxParts {
  store: OutboxStore;
  /** Tells the other tabs to look; calls back when another tab told so. */
  announce(): void;
  onAnnounced(look: () => void): void;
  /** Runs `act` while no other tab does so for this chat. */
  lock<Result>(chatId: string, act: () => Promise<Result>): Promise<Result>;
  now(): number;
}

export type Outbox = ReturnType<typeof createOutbox>;

export function createOutbox({ store, announce, onAnnounced, lock, now }: OutboxParts) {
  const listeners = new Set<() => void>();
  let known: readonly Waiting[] = [];
  let lastAt = 0;

  async function look(): Promise<void> {
    show(await store.list());
  }

  function show(waiting: readonly Waiting[]): void {
    known = waiting.toSorted((a, b) => a.at - b.at);
    for (const listener of listeners) listener();
  }

  async function remove(id: string): Promise<void> {
    if (!known.some((waiting) => waiting.id === id)) return;
    show(known.filter((waiting) => waiting.id !== id));
    await store.remove(id);
    announce();
  }

  onAnnounced(() => void look().catch(keepKnown));
  const ready = look().catch(keepKnown);

  return {
    ready,
    all: () => known,
    ofChat: (chatId: string) => known.filter((waiting) => waiting.chatId === chatId),
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },

    /** Without `at` it comes last. Shown at once; resolves when it would survive a reload. */
    async put({ at, ...waiting }: Omit<Waiting, "at"> & { at?: number }): Promise<void> {
      lastAt = Math.max(lastAt + 1, now(), ...known.map((other) => other.at + 1));
      const placed = { ...waiting, at: at ?? lastAt };
      show([...known.filter((other) => other.id !== placed.id), placed]);
      await store.put(placed);
      announce();
    },

    remove,

    /** Takes a question back; null when it has gone out in the meantime. */
    withdraw: (waiting: Waiting): Promise<Waiting | null> =>
      lock(waiting.chatId, async () => {
        await look().catch(keepKnown);
        const found = known.find((other) => other.id === waiting.id);
        if (!found) return null;
        await remove(found.id);
        return found;
      }),

    /** Hands the chat's first question to `send`, in one tab at a time. Gives null when there is none. */
    sendNext: <Result>(chatId: string, send: (waiting: Waiting) => Promise<Result>): Promise<Result | null> =>
      lock(chatId, async () => {
        await look().catch(keepKnown);
        const first = known.find((waiting) => waiting.chatId === chatId);
        return first ? await send(first) : null;
      }),

    async forgetAll(): Promise<void> {
      show([]);
      await store.clear();
      announce();
    },
  };
}

/** Storage that is closed to us costs a question its safety over a reload, nothing else. */
function keepKnown(): void {}
