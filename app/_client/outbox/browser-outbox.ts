import { guestOf } from "@/app/_client/person/person-here";
import { inheritStore } from "./inherit-store";
import { createOutbox, type Outbox, type OutboxStore } from "./outbox";
import { createOutboxStore, outboxName } from "./outbox-store";

/** Opens the outbox of whoever is signed in at this page. */
export function openOutbox(userId: string): Outbox {
  if (opened) return opened;
  const name = outboxName(userId);
  const channel = new BroadcastChannel(name);
  const outbox = createOutbox({
    store: openStore(userId),
    announce: () => channel.postMessage(null),
    onAnnounced(look) {
      channel.onmessage = look;
    },
    // Only a secure origin has locks; elsewhere the idempotency key alone keeps a question from being stored twice.
    lock: (chatId, act) => ("locks" in navigator ? navigator.locks.request(`${name}-${chatId}`, act) : act()),
    now: () => Date.now(),
  });
  opened = outbox;
  outbox.subscribe(tell);
  void outbox.ready.then(() => {
    leftOff = outbox.all().findLast((waiting) => waiting.isNew)?.chatId ?? null;
    tell();
  });
  return outbox;
}

export function findOutbox(): Outbox | null {
  return opened;
}

/** Of whoever is signed in at this page; those of others who were here wait for them. */
export async function forgetOutbox(): Promise<void> {
  await opened?.forgetAll();
  // While a page has it open, it goes with the page.
  for (const name of openedNames) indexedDB.deleteDatabase(name);
}

/** The new chat that was left before this page was loaded, while its first question still waits. */
export function findLeftOff(): string | null {
  return opened?.all().some((waiting) => waiting.chatId === leftOff) ? leftOff : null;
}

/** For `useSyncExternalStore`: also before the outbox is open. */
export function subscribeToOutbox(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** With what waits of the guest that this account was. */
function openStore(userId: string): OutboxStore {
  const guestId = guestOf(userId);
  if (guestId === null) return openOne(userId);
  return inheritStore(openOne(userId), openOne(guestId));
}

function openOne(userId: string): OutboxStore {
  openedNames.push(outboxName(userId));
  return createOutboxStore(userId);
}

function tell(): void {
  for (const listener of listeners) listener();
}

let opened: Outbox | null = null;
const openedNames: string[] = [];
let leftOff: string | null = null;
const listeners = new Set<() => void>();
