import { setTimeout as sleep } from "node:timers/promises";
import { plainModel } from "@/lib/models/catalogue";
import type { ModelChunk, ModelProvider, ModelRequest } from "@/lib/models/provider";
import { answerTo } from "./answer";

/** About as fast as a model writes, so that streaming, Stop and a reload can be tried without one. */
const naturalWordMs = 25;

const model = plainModel({
  id: "parley/offline",
  name: "Offline assistant",
  provider: "offline",
  description: "Built into Parley. Knows a few prepared answers and how to connect a model.",
  inputPrice: 0,
  outputPrice: 0,
});

/** The assistant that answers while no key is set. It has no model and says so. */
export function createOfflineProvider(options: { wordMs?: number } = {}): ModelProvider {
  const { wordMs = naturalWordMs } = options;

  return {
    id: "offline",
    stream: (request, signal) => speak(request, wordMs, signal),
    listModels: async () => [model],
    check: async () => {},
  };
}

async function* speak(
  { messages }: ModelRequest,
  wordMs: number,
  signal: AbortSignal,
): AsyncGenerator<ModelChunk, void, undefined> {
  for (const text of wordsOf(answerTo(messages))) {
    if (wordMs > 0) await pause(wordMs, signal);
    signal.throwIfAborted();
    yield { type: "text-delta", text };
  }
  const usage = { inputTokens: null, outputTokens: null, reasoningTokens: null, cachedTokens: null };
  yield { type: "finish", reason: "stop", usage, costMicros: 0 };
}

/** Each word with the white space after it: put together again they are the text. */
function wordsOf(text: string): string[] {
  return text.split(/(?<=\s)(?=\S)/);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {
    // The sleeper is told of the abort by the signal itself, with the caller's own reason.
  });
}
