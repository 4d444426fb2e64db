import type { ChatStore } from "@/lib/chats/chat-store";
import type { Log } from "@/lib/diagnostics/log";
import type { ChatError } from "@/lib/errors/chat-error";
import type { Bus } from "@/lib/events/bus";
import type { ModelDirectory } from "@/lib/models/directory";
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

export type Streaming = ReturnType<typeof createStreaming>;

export interface StreamingParts {
  store: GenerationStore;
  chunkLog: ChunkLog;
  chats: ChatStore;
  models: ModelDirectory;
  log: Log;
  /** Names this process in the rows it writes. */
  owner: string;
  bus: Bus;
  /** The longest that goes by until something is seen that no wake-up told of. */
  pollMs: number;
  /** From then on no question is taken and no reader is kept. */
  closing: AbortSignal;
  explain: (error: unknown, requestId: string) => ChatError;
}

/** The streaming core: who sends, who writes, who follows, who stops, and what becomes of the abandoned. */
export function createStreaming({
  store,
  chunkLog,
  chats,
  models,
  log,
  owner,
  bus,
  pollMs,
  closing,
  explain,
}: StreamingParts) {
  const readers = createReaders();
  const producers = createProducers({ flusher: createFlusher({ chunkLog, bus, log }), store, bus, log });
  const recovery = createRecovery({ store, chunkLog, chats, models, producers, bus, log, owner, explain });

  return {
    ...createSender({ chats, store, models, producers, bus, owner, closing }),
    ...createStopper({ store, producers, recovery, bus }),
    ...createFollower({
      chunkLog,
      store,
      tailOf: producers.tailOf,
      mirrors: createMirrors({ store, chunkLog, bus, log, pollMs }),
      messageOf: ({ chatId, messageId }) => chats.message(chatId, messageId),
      closing,
    }),
    recover: recovery.recover,
    onHandOver: recovery.onHandOver,
    /** The answer to follow: the one that is named, or the one that is being written. An abandoned one is seen to first. */
    async find(userId: string, chatId: string, generationId: string | null): Promise<Generation | null> {
      const look = () =>
        generationId === null ? store.findActive(userId, chatId) : store.find(userId, chatId, generationId);
      const found = await look();
      if (!found || !isActive(found.status) || producers.tailOf(found.id)) return found;
      return (await recovery.recover("expired")) > 0 ? look() : found;
    },
    get: store.get,
    readers,
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
