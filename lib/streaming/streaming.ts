import type { ChatStore } from "@/lib/chats/chat-store";
import type { Titler } from "@/lib/chats/titler";
import type { Log } from "@/lib/diagnostics/log";
import type { ChatError } from "@/lib/errors/chat-error";
import type { Bus } from "@/lib/events/bus";
import type { ModelDirectory } from "@/lib/models/directory";
import type { PromptComposer } from "@/lib/prompts/composer";
import type { Summariser } from "@/lib/prompts/summariser";
import type { IsLimited } from "@/lib/usage/is-limited";
import type { UsageLedger } from "@/lib/usage/ledger";
import { type Answer, createAnswer } from "./answer";
import { compactBatches } from "./batch";
import type { ChunkLog } from "./chunk-log";
import { createFlusher } from "./flusher";
import { createFollower } from "./follower";
import { type Generation, isActive } from "./generation";
import type { GenerationStore } from "./generation-store";
import { createMirrors } from "./mirrors";
import { createProducers } from "./producers";
import { createReaders } from "./readers";
import { createRecovery } from "./recovery";
import { createSender } from "./sender";
import { createStopper } from "./stopper";
import { createUnread } from "./unread";

// Enough for the statements that hand an answer over, on a database that is slow just then.
const handOverMs = 15_000;

export type Streaming = ReturnType<typeof createStreaming>;

export interface StreamingParts {
  store: GenerationStore;
  chunkLog: ChunkLog;
  chats: ChatStore;
  models: ModelDirectory;
  ledger: UsageLedger;
  log: Log;
  /** Names this process in the rows it writes. */
  owner: string;
  bus: Bus;
  /** The longest that goes by until something is seen that no wake-up told of. */
  pollMs: number;
  /** How long a function runs that a request has started, where that is all that keeps this process going; else `null`. */
  functionMsMax: number | null;
  /** An answer that nobody has read for so long is stopped; `null` lets it go on. */
  stopUnreadAfterMs: number | null;
  /** From then on no question is taken and no reader is kept. */
  closing: AbortSignal;
  explain: (error: unknown, requestId: string) => ChatError;
  /** Names new chats; `null` where their questions do. */
  titler?: Titler | null;
  prompts: PromptComposer;
  /** Sums up what models have no room for; `null` where nobody does. */
  summariser?: Summariser | null;
  /** Nothing is, unless it says so. */
  isLimited?: IsLimited;
}

/** The streaming core: who sends, who writes, who follows, who stops, and what becomes of the abandoned. */
export function createStreaming({
  store,
  chunkLog,
  chats,
  models,
  ledger,
  log,
  owner,
  bus,
  pollMs,
  functionMsMax,
  stopUnreadAfterMs,
  closing,
  explain,
  titler = null,
  prompts,
  summariser = null,
  isLimited = async () => false,
}: StreamingParts) {
  const openMsMax = functionMsMax === null ? null : functionMsMax - Math.min(handOverMs, functionMsMax / 4);
  // Functions are not there to look for abandoned answers: whoever wants to read one takes it up.
  const endsAbandoned = functionMsMax !== null;
  const flusher = createFlusher({ chunkLog, bus, log });
  const producers = createProducers({ flusher, store, ledger, bus, log, owner, writeMsMax: openMsMax });
  const recovery = createRecovery({
    store,
    chunkLog,
    chats,
    models,
    producers,
    ledger,
    bus,
    log,
    owner,
    explain,
    titler,
  });

  const readers = createReaders();
  const unread =
    stopUnreadAfterMs === null
      ? null
      : createUnread({ store, readers, producers, log, owner, afterMs: stopUnreadAfterMs });

  return {
    ...createSender({
      chats,
      store,
      models,
      producers,
      bus,
      owner,
      closing,
      titler,
      prompts,
      summariser,
      isLimited,
    }),
    ...createStopper({ store, producers, recovery, bus, closing }),
    ...createFollower({
      chunkLog,
      store,
      tailOf: producers.tailOf,
      mirrors: createMirrors({ store, chunkLog, bus, log, pollMs, endsAbandoned }),
      messageOf: ({ chatId, messageId }) => chats.message(chatId, messageId),
      endsAbandoned,
      closing,
    }),
    recover: recovery.recover,
    onHandOver: recovery.onHandOver,
    /** The answer to follow: the one that is named, or the one that is being written. An abandoned one is seen to first. */
    async find(userId: string, chatId: string, generationId: string | null): Promise<Generation | null> {
      const look = () =>
        generationId === null ? store.findActive(userId, chatId) : store.find(userId, chatId, generationId);
      const found = await look();
      if (!found?.isAbandoned || !isActive(found.status) || producers.tailOf(found.id)) return found;
      return (await recovery.recover({ generationId: found.id })) > 0 ? look() : found;
    },
    /** What a function has to be kept alive for while it writes this answer; `null` when it does not. */
    doneOf: producers.doneOf,
    /** How long a reader may stay; `null` is for ever. */
    openMsMax,
    get: store.get,
    readers: unread?.readers ?? readers,
    /** `null` where answers go on whether anybody reads them or not. */
    unread,
    dropEndedLogs: chunkLog.dropEnded,

    drain: producers.drain,

    async progressOf(generationId: string) {
      const answer = await answerOf(generationId);
      return { partialLength: answer.textLength(), readers: readers.count(generationId) };
    },

    async partsOf(generationId: string) {
      return (await answerOf(generationId)).parts();
    },
  };

  async function answerOf(generationId: string): Promise<Pick<Answer, "parts" | "textLength">> {
    const written = producers.answerOf(generationId);
    if (written) return written;
    const answer = createAnswer();
    for (const { chunk } of compactBatches(await chunkLog.read(generationId, 0))) answer.apply(chunk);
    return answer;
  }
}
