import { createHash } from "node:crypto";

/** One request as the server saw it. `completed`, `failed`, `refused` and `aborted` are final. */
export type RecordedRequest = {
  /** The generation id that the answer carried. */
  id: string;
  at: string;
  endedAt: string | null;
  path: string;
  model: string;
  stream: boolean;
  body: unknown;
  /** SHA-256 of the body as it came, in hex. */
  digest: string;
  /** Tells keys apart without being one; null when none came. */
  auth: string | null;
  state: "waiting" | "streaming" | "stalled" | "completed" | "failed" | "refused" | "aborted";
  status: number | null;
  /** The client left before the script had ended. */
  aborted: boolean;
  tokensSent: number;
  finishReason: string | null;
  usage: Record<string, unknown> | null;
};

export type ModelStats = Record<
  "active" | "started" | "completed" | "failed" | "refused" | "aborted" | "tokens",
  number
>;

type FinalState = Extract<RecordedRequest["state"], "completed" | "failed" | "refused" | "aborted">;

/** What is being recorded about one request, while it runs. */
export type Recording = {
  readonly request: Readonly<RecordedRequest>;
  /** Once the headers of a stream are out. */
  moved(state: "streaming" | "stalled"): void;
  sent(tokens: number): void;
  /** The first end counts; a later one is ignored. */
  ended(
    state: FinalState,
    details?: Partial<Pick<RecordedRequest, "status" | "finishReason" | "usage">>,
  ): void;
};

export type Journal = ReturnType<typeof createJournal>;

const requestsMax = 10_000;
/** Benchmarks send long conversations by the thousand; older bodies go first. */
const bodyBytesMax = 64 * 1024 * 1024;

export function createJournal() {
  let kept: { request: RecordedRequest; bytes: number }[] = [];
  let bytesKept = 0;
  let statsByModel = new Map<string, ModelStats>();
  const waiting = new Set<() => void>();

  function changed() {
    for (const look of waiting) look();
  }

  function open(
    about: Pick<RecordedRequest, "id" | "path" | "model" | "stream" | "body" | "digest"> & {
      key: string | null;
      bytes: number;
    },
  ): Recording {
    const { key, bytes, ...known } = about;
    const stats = statsByModel.get(about.model) ?? emptyStats();
    statsByModel.set(about.model, stats);
    const request: RecordedRequest = {
      ...known,
      at: new Date().toISOString(),
      endedAt: null,
      auth: key === null ? null : fingerprint(key),
      state: "waiting",
      status: null,
      aborted: false,
      tokensSent: 0,
      finishReason: null,
      usage: null,
    };
    kept.push({ request, bytes });
    bytesKept += bytes;
    while (kept.length > requestsMax || (bytesKept > bodyBytesMax && kept.length > 1)) {
      bytesKept -= kept.shift()?.bytes ?? 0;
    }
    stats.active += 1;
    stats.started += 1;
    changed();
    return {
      request,
      moved(state) {
        request.state = state;
        request.status = 200;
        changed();
      },
      sent(tokens) {
        request.tokensSent += tokens;
        stats.tokens += tokens;
        if (waiting.size > 0) changed();
      },
      ended(state, details = {}) {
        if (request.endedAt !== null) return;
        Object.assign(request, details, {
          state,
          endedAt: new Date().toISOString(),
          aborted: state === "aborted",
        });
        stats.active -= 1;
        stats[state] += 1;
        changed();
      },
    };
  }

  return {
    open,

    /** Oldest first. */
    requests(): RecordedRequest[] {
      return kept.map(({ request }) => ({ ...request }));
    },

    find(id: string): RecordedRequest | null {
      return kept.find(({ request }) => request.id === id)?.request ?? null;
    },

    stats(): { total: ModelStats; models: Record<string, ModelStats> } {
      const total = emptyStats();
      for (const stats of statsByModel.values()) {
        for (const key of statsKeys) total[key] += stats[key];
      }
      return { total, models: Object.fromEntries(statsByModel) };
    },

    /** Forgets all; what still runs goes on unrecorded. */
    reset() {
      kept = [];
      bytesKept = 0;
      statsByModel = new Map();
    },

    /** The first recorded request that `matches`, now or once it does; rejects after `timeoutMs`. */
    until(matches: (request: RecordedRequest) => boolean, timeoutMs = 5000): Promise<RecordedRequest> {
      return new Promise((resolve, reject) => {
        const settle = () => {
          clearTimeout(timer);
          waiting.delete(look);
        };
        const look = () => {
          const found = kept.find(({ request }) => matches(request));
          if (found === undefined) return;
          settle();
          resolve({ ...found.request });
        };
        const timer = setTimeout(() => {
          settle();
          reject(new Error(`no request matched within ${timeoutMs} ms`));
        }, timeoutMs);
        waiting.add(look);
        look();
      });
    },
  };
}

const statsKeys = ["active", "started", "completed", "failed", "refused", "aborted", "tokens"] as const;

function emptyStats(): ModelStats {
  return { active: 0, started: 0, completed: 0, failed: 0, refused: 0, aborted: 0, tokens: 0 };
}

/** What a request's `auth` says of the key that it came with. */
export function fingerprint(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 12);
}
