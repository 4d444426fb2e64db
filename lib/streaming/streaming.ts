import type { ChatStore } from "@/lib/chats/chat-store";
import type { Log } from "@/lib/diagnostics/log";
import type { ChatError } from "@/lib/errors/chat-error";
import type { ModelDirectory } from "@/lib/models/directory";
import { type Answer, createAnswer } from "./answer";
import { compactBatches } from "./batch";
import type { ChunkLog } from "./chunk-log";
import { createFlusher } from "./flusher";
import { createFollower } from "./follower";
import type { GenerationStore } from "./generation-store";
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
  explain: (error: unknown, requestId: string) => ChatError;
}

/** The streaming core: who sends, who writes, who follows, who stops, and what becomes of the abandoned. */
export function createStreaming({ store, chunkLog, chats, models, log, owner, explain }: StreamingParts) {
  const closing = new AbortController();
  const readers = createReaders();
  const producers = createProducers({ flusher: createFlusher({ chunkLog, log }), store, log });
  const recovery = createRecovery({ store, chunkLog, log, owner, explain });

  return {
    ...createSender({ chats, store, models, producers, owner, closing: closing.signal }),
    ...createStopper({ store, producers, recovery }),
    ...createFollower({
      chunkLog,
      store,
      tailOf: producers.tailOf,
      messageOf: ({ chatId, messageId }) => chats.message(chatId, messageId),
      closing: closing.signal,
    }),
    recover: recovery.recover,
    find: store.find,
    findActive: store.findActive,
    get: store.get,
    readers,
    dropEndedLogs: chunkLog.dropEnded,

    /** Takes no more questions, sends the readers away, and lets the answers end for at most `graceMs`. */
    drain(graceMs: number): Promise<void> {
      closing.abort();
      return producers.drain(graceMs);
    },

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
