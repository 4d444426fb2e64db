import { type OutboxStore, type Waiting, waitingSchema } from "./outbox";

/** The outbox of a person in this browser's IndexedDB. */
export function createOutboxStore(userId: string): OutboxStore {
  let opened: Promise<IDBDatabase> | null = null;

  async function run<Result>(
    mode: IDBTransactionMode,
    act: (table: IDBObjectStore) => IDBRequest<Result>,
  ): Promise<Result> {
    opened ??= openDatabase(outboxName(userId));
    const transaction = (await opened).transaction(table, mode);
    const request = act(transaction.objectStore(table));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    return request.result;
  }

  return {
    async list(): Promise<Waiting[]> {
      const stored = await run("readonly", (waiting): IDBRequest<unknown[]> => waiting.getAll());
      return stored.flatMap((item) => waitingSchema.safeParse(item).data ?? []);
    },
    async put(waiting) {
      await run("readwrite", (stored) => stored.put(waiting));
    },
    async remove(id) {
      await run("readwrite", (stored) => stored.delete(id));
    },
    async clear() {
      await run("readwrite", (stored) => stored.clear());
    },
  };
}

export function outboxName(userId: string): string {
  return `parley-outbox-${userId}`;
}

const table = "waiting";

function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(table, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
