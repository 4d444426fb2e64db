import type { Log } from "@/lib/diagnostics/log";
import { AppError, isAppError } from "@/lib/errors/app-error";
import type { ChatError } from "@/lib/errors/chat-error";
import type { ModelChunk, ModelProvider, ModelRequest } from "@/lib/models/provider";
import { type Answer, createAnswer } from "./answer";
import { packBatch } from "./batch";
import type { Chunk, TerminalChunk } from "./chunk";
import type { Flusher, WriterHalt } from "./flusher";
import { type Ending, type Generation, leaseMs } from "./generation";
import type { GenerationStore } from "./generation-store";
import { createPartWriter } from "./part-writer";
import { createTail, type Tail } from "./tail";

export interface Production {
  generation: Generation;
  provider: ModelProvider;
  request: ModelRequest;
  /** How a failure is told to the person. */
  explain: (error: unknown) => ChatError;
}

/** The answers that this process is writing. */
export interface Producers {
  /** Writes the answer to its end, whoever reads it. Never rejects. */
  produce(production: Production): Promise<void>;
  tailOf(generationId: string): Tail | undefined;
  /** What was written so far; `undefined` when the answer is not written here. */
  answerOf(generationId: string): Pick<Answer, "parts" | "textLength"> | undefined;
  /** Resolves when the answer has ended and is stored; `null` when it is not written here. */
  stop(generationId: string): Promise<void> | null;
  /** Lets the answers come to their end for `graceMs`, then ends the rest as interrupted. */
  drain(graceMs: number): Promise<void>;
}

interface Running {
  tail: Tail;
  answer: Answer;
  abort: AbortController;
  done: Promise<void>;
}

class Halted extends Error {
  readonly reason: WriterHalt;
  constructor(reason: WriterHalt) {
    super(reason);
    this.reason = reason;
  }
}

export function createProducers(parts: { flusher: Flusher; store: GenerationStore; log: Log }): Producers {
  const running = new Map<string, Running>();

  return {
    produce(production) {
      const { id, epoch, lastSeq } = production.generation;
      const tail = createTail(epoch, lastSeq);
      const answer = createAnswer();
      const abort = new AbortController();
      const done = produceOne(parts, production, { tail, answer, abort })
        .catch((error) => parts.log.error({ error, generationId: id }, "generation left without an ending"))
        .finally(() => {
          running.delete(id);
          tail.end();
        });
      running.set(id, { tail, answer, abort, done });
      return done;
    },
    tailOf: (generationId) => running.get(generationId)?.tail,
    answerOf: (generationId) => running.get(generationId)?.answer,
    stop(generationId) {
      const found = running.get(generationId);
      found?.abort.abort(new Halted("stop"));
      return found?.done ?? null;
    },
    async drain(graceMs) {
      const timer = setTimeout(() => {
        for (const { abort } of running.values()) abort.abort(new Halted("shutdown"));
      }, graceMs);
      await Promise.all([...running.values()].map(({ done }) => done));
      clearTimeout(timer);
    },
  };
}

async function produceOne(
  { flusher, store, log }: { flusher: Flusher; store: GenerationStore; log: Log },
  { generation, provider, request, explain }: Production,
  { tail, answer, abort }: Pick<Running, "tail" | "answer" | "abort">,
) {
  const lease = { generationId: generation.id, epoch: generation.epoch };
  const writer = flusher.open(lease, tail, (reason) => abort.abort(new Halted(reason)));
  const emit = (chunk: Chunk) => {
    answer.apply(chunk);
    writer.push(chunk);
  };
  const textWriter = createPartWriter(emit, () => performance.now());

  emit({
    type: "start",
    messageId: generation.messageId,
    messageMetadata: { generationId: generation.id, model: generation.model },
  });
  emit({ type: "start-step" });

  let ending: { ending: Ending; terminal: TerminalChunk };
  try {
    const finish = await writeAnswer();
    ending = completed(finish);
  } catch (error) {
    const halt = abort.signal.aborted && abort.signal.reason instanceof Halted ? abort.signal.reason : null;
    if (halt?.reason === "fenced") {
      await writer.close();
      log.warn(lease, "generation fenced");
      return;
    }
    ending = halt ? halted(halt.reason) : failed(error);
  }
  textWriter.close();
  emit({ type: "finish-step" });

  const rest = await writer.close();
  const terminalSeq = tail.lastSeq + 1;
  const batch = packBatch([...rest, { seq: terminalSeq, chunk: ending.terminal }]);
  const isOurs = await endWithin(leaseMs, () => store.end(lease, ending.ending, answer.parts(), batch));
  // The terminal chunk comes after the transaction: who has seen it may send at once.
  if (isOurs) tail.push(ending.terminal);
  log.info(
    {
      ...lease,
      status: isOurs ? ending.ending.status : "fenced",
      chunks: terminalSeq,
      characters: answer.textLength(),
    },
    "generation ended",
  );

  async function writeAnswer() {
    for await (const chunk of provider.stream(request, abort.signal)) {
      abort.signal.throwIfAborted();
      switch (chunk.type) {
        case "text-delta":
          textWriter.write("text", chunk.text);
          break;
        case "reasoning-delta":
          textWriter.write("reasoning", chunk.text);
          break;
        case "upstream-id":
          writer.setUpstreamId(chunk.id);
          break;
        case "finish":
          return chunk;
        default:
          chunk satisfies never;
      }
    }
    throw new AppError("provider_error", "the provider's stream ended without a finish", {
      provider: provider.id,
    });
  }

  function halted(reason: Exclude<WriterHalt, "fenced">): { ending: Ending; terminal: TerminalChunk } {
    switch (reason) {
      case "stop":
        return stopped();
      case "shutdown":
        return broken("interrupted", new AppError("interrupted", "the process ends"));
      case "log-lost":
        return broken("failed", new AppError("unavailable", "the log could not be reached"));
      default:
        return reason satisfies never;
    }
  }

  function failed(error: unknown): { ending: Ending; terminal: TerminalChunk } {
    if (!isAppError(error)) log.error({ ...lease, error }, "producer failed");
    else
      log.warn(
        { ...lease, type: error.type, provider: error.provider, details: error.details },
        "answer failed",
      );
    return broken("failed", error);
  }

  function broken(
    status: "failed" | "interrupted",
    error: unknown,
  ): { ending: Ending; terminal: TerminalChunk } {
    const described = explain(error);
    return {
      ending: { status, usage: null, costMicros: null, error: described },
      terminal: { type: "error", errorText: JSON.stringify(described) },
    };
  }
}

function completed({ reason, usage, costMicros }: Extract<ModelChunk, { type: "finish" }>): {
  ending: Ending;
  terminal: TerminalChunk;
} {
  return {
    ending: { status: "completed", usage, costMicros, error: null },
    terminal: { type: "finish", finishReason: reason, messageMetadata: { usage, costMicros } },
  };
}

function stopped(): { ending: Ending; terminal: TerminalChunk } {
  return {
    ending: { status: "stopped", usage: null, costMicros: null, error: null },
    terminal: { type: "abort", reason: "stopped" },
  };
}

async function endWithin(limitMs: number, end: () => Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    try {
      return await end();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
