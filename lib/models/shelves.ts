import { isAppError } from "@/lib/errors/app-error";
import type { ChatErrorType } from "@/lib/errors/chat-error";
import type { CatalogueModel } from "./catalogue";
import type { CatalogueStore } from "./catalogue-store";
import type { ModelKey } from "./key-ring";
import type { ModelSource } from "./model-source";

const freshMs = 10 * 60_000;
const retryAfterFailureMs = 15_000;
const listDeadlineMs = 5_000;

/** The list of one source, as it is known now. */
export interface Shelf {
  /** `null` until it has been read. */
  models: readonly CatalogueModel[] | null;
  byId: ReadonlyMap<string, CatalogueModel>;
  readAt: Date | null;
  failure: ChatErrorType | null;
}

interface Keeping extends Shelf {
  dueAt: number;
  reading: Promise<void> | null;
}

export type Shelves = ReturnType<typeof createShelves>;

/**
 * The lists of all sources, shared by those who are told the same, read when first asked for and refreshed behind
 * whoever asks later. Of a source that cannot be asked the former list goes on serving.
 */
export function createShelves({
  store,
  now = Date.now,
  shelvesMax = 500,
}: {
  store: CatalogueStore | null;
  now?: () => number;
  shelvesMax?: number;
}) {
  const shelves = new Map<string, Keeping>();

  function shelfOf(name: string): Keeping {
    const known = shelves.get(name);
    if (known) return known;
    const oldest = shelves.keys().next();
    if (shelves.size >= shelvesMax && !oldest.done) shelves.delete(oldest.value);
    const shelf: Keeping = {
      models: null,
      byId: new Map(),
      readAt: null,
      failure: null,
      dueAt: Number.NEGATIVE_INFINITY,
      reading: null,
    };
    shelves.set(name, shelf);
    return shelf;
  }

  async function refresh(name: string, shelf: Keeping, source: ModelSource, key: ModelKey | null) {
    const kept =
      shelf.models === null && isKept(source, key) ? await store?.get(name).catch(() => null) : null;
    if (kept && shelf.models === null) {
      fill(shelf, kept.models, kept.readAt);
      if (now() < shelf.dueAt) return;
    }
    const listed = await source.connect(key?.apiKey ?? null).listModels(AbortSignal.timeout(listDeadlineMs));
    const models = source.prefix === "" ? listed : listed.map((model) => prefixed(model, source));
    fill(shelf, models, new Date(now()));
    if (!store || !isKept(source, key)) return;
    const keeping = store.keep(name, { models, readAt: new Date(now()) }, source.endpointId);
    await keeping.catch(() => {
      // It is kept in the process, and again with the next list.
    });
  }

  return {
    /** Waits only for a list that was never asked for. */
    async stocked(source: ModelSource, key: ModelKey | null): Promise<Shelf> {
      const name = nameOf(source, key);
      const shelf = shelfOf(name);
      if (now() < shelf.dueAt) return shelf;
      const isFirst = shelf.dueAt === Number.NEGATIVE_INFINITY;
      shelf.reading ??= refresh(name, shelf, source, key)
        .catch((error: unknown) => {
          shelf.failure = isAppError(error) ? error.type : "internal";
          shelf.dueAt = now() + retryAfterFailureMs;
        })
        .finally(() => {
          shelf.reading = null;
        });
      if (isFirst) await shelf.reading;
      return shelf;
    },

    /** The next one who asks reads it anew. */
    forget(source: ModelSource, key: ModelKey | null): void {
      shelves.delete(nameOf(source, key));
    },
  };
}

function fill(shelf: Keeping, models: readonly CatalogueModel[], readAt: Date): void {
  shelf.models = models;
  shelf.byId = new Map(models.map((model) => [model.id, model]));
  shelf.readAt = readAt;
  shelf.failure = null;
  shelf.dueAt = readAt.getTime() + freshMs;
}

function prefixed(model: CatalogueModel, { id, prefix }: ModelSource): CatalogueModel {
  return { ...model, id: `${prefix}${model.id}`, provider: id };
}

/** What one person's key is shown is not kept for others. */
function isKept({ hasOneList }: ModelSource, key: ModelKey | null): boolean {
  return hasOneList || key === null || key.credentialId === null;
}

function nameOf({ id, baseUrl, hasOneList }: ModelSource, key: ModelKey | null): string {
  return hasOneList ? `${id} ${baseUrl}` : `${id} ${baseUrl} ${key?.credentialId ?? "environment"}`;
}
