import type { LeftOut, Seam } from "@/lib/chats/message";
import type { Log } from "@/lib/diagnostics/log";
import { AppError, isAppError } from "@/lib/errors/app-error";
import type { ChatError } from "@/lib/errors/chat-error";
import type { Bus } from "@/lib/events/bus";
import type { ModelProvider, ModelRequest } from "@/lib/models/provider";
import type { Route } from "@/lib/models/route";
import { billOf, unknownBill } from "@/lib/usage/bill";
import type { UsageLedger } from "@/lib/usage/ledger";
import type { ModelPrices } from "@/lib/usage/model-prices";
import type { Answer } from "./answer";
import { createAnswerLimit } from "./answer-limit";
import { createAnswerWriter } from "./answer-writer";
import { askModel } from "./ask-model";
import { packBatch } from "./batch";
import type { Chunk } from "./chunk";
import { broken, type Conclusion, completed, stopped } from "./conclusion";
import type { Flusher, WriterHalt } from "./flusher";
import { type Generation, leaseMs } from "./generation";
import type { GenerationStore } from "./generation-store";
import type { Tail } from "./tail";

export interface Production {
  generation: Generation;
  /** Who pays; `null` for an answer that was begun by an older version. */
  route: Route | null;
  provider: ModelProvider;
  request: ModelRequest;
  /** The chunks by which the answer begins. */
  opening: readonly Chunk[];
  /** By which its cost is estimated where the provider does not tell it; `null` where they are not known. */
  prices: ModelPrices | null;
  /** What another writer has left of the answer; the model is asked for the rest. */
  begun: Begun | null;
  /** How a failure is told to the person. */
  explain: (error: unknown) => ChatError;
  /** Called with the text once a whole answer is stored. */
  onCompleted?: (text: string) => void;
}

export interface Begun {
  chunks: readonly Chunk[];
  /** Whether the chunks stand in this generation's log already. */
  isLogged: boolean;
  seams: readonly Seam[];
}

export interface ProductionTools {
  flusher: Flusher;
  store: GenerationStore;
  ledger: Pick<UsageLedger, "note">;
  bus: Bus;
  log: Log;
}

/** Why an answer is given up before its end. */
export class Halted extends Error {
  readonly reason: WriterHalt;

  constructor(reason: WriterHalt) {
    super(reason);
    this.reason = reason;
  }
}

/** Writes one answer to its end and stores it. Rejects only when not even the ending could be stored. */
export async function produce(
  { flusher, store, ledger, bus, log }: ProductionTools,
  { generation, route, provider, request, opening, prices, begun, explain, onCompleted }: Production,
  { tail, answer, abort }: { tail: Tail; answer: Answer; abort: AbortController },
): Promise<void> {
  const lease = { generationId: generation.id, epoch: generation.epoch };
  const writer = flusher.open(lease, tail, (reason) => abort.abort(new Halted(reason)));
  const emit = (chunk: Chunk) => {
    answer.apply(chunk);
    writer.push(chunk);
  };

  if (begun?.isLogged) for (const chunk of begun.chunks) answer.apply(chunk);
  else for (const chunk of begun?.chunks ?? opening) emit(chunk);
  if (begun) emit({ type: "message-metadata", messageMetadata: { seams: [...begun.seams] } });
  const partial = answer.text();
  let upstreamId: string | null = null;
  let written = "";
  const notes: Promise<void>[] = [];
  const answerWriter = createAnswerWriter(emit, () => performance.now(), answer.begun());

  const conclusion = await writeAnswer().catch((error: unknown) => conclude(error));
  await Promise.all(notes);
  if (conclusion === "fenced") {
    await writer.close();
    log.warn(lease, "generation fenced");
    return;
  }
  if (conclusion === "handed-over") {
    const rest = await writer.close();
    await endWithin(leaseMs, () => store.handOver(lease, rest));
    bus.publish(`generation:${generation.id}`);
    bus.publish("handed-over");
    log.info({ ...lease, characters: answer.textLength() }, "generation handed over");
    return;
  }
  answerWriter.close(isWhole(conclusion) ? "whole" : "cut");
  emit({ type: "finish-step" });

  const rest = await writer.close();
  const terminalSeq = tail.lastSeq + 1;
  const batch = packBatch([...rest, { seq: terminalSeq, chunk: conclusion.terminal }]);
  const { usage, costMicros } = conclusion.ending;
  const bill = billOf({
    provider,
    prices,
    messages: partial === "" ? request.messages : [...request.messages, { role: "assistant", text: partial }],
    written: () => written,
    upstreamId,
    usage,
    costMicros,
  });
  const ended = { ...conclusion.ending, bill, seams: begun?.seams ?? [] };
  const isOurs = await endWithin(leaseMs, () => store.end(lease, ended, answer.parts(), batch));
  // The terminal chunk comes after the transaction: who has seen it may send at once.
  if (isOurs) {
    tail.push(conclusion.terminal);
    bus.publish(`generation:${generation.id}`);
    bus.publish(`user:${generation.userId}`);
    if (ended.status === "completed") onCompleted?.(answer.text());
  }
  log.info(
    {
      ...lease,
      status: isOurs ? ended.status : "fenced",
      chunks: terminalSeq,
      characters: answer.textLength(),
    },
    "generation ended",
  );

  async function writeAnswer(): Promise<Conclusion> {
    const waiting = (ms: number) =>
      emit({ type: "data-waiting", data: { retryAfterMs: ms }, transient: true });
    const limit = createAnswerLimit(provider.id, partial.length);
    for await (const chunk of askModel({ provider, request, partial, waiting }, abort.signal)) {
      abort.signal.throwIfAborted();
      limit.take(chunk);
      if (chunk.type === "text-delta" || chunk.type === "reasoning-delta") written += chunk.text;
      switch (chunk.type) {
        case "upstream-id":
          if (upstreamId !== null) notes.push(noteBroken(upstreamId, notes.length));
          upstreamId = chunk.id;
          writer.setUpstreamId(chunk.id);
          break;
        case "finish":
          return completed(chunk);
        default:
          answerWriter.write(chunk);
      }
    }
    throw new AppError("provider_error", "the stream ended without a finish", { provider: provider.id });
  }

  /** The ledger's entry of the answer is that of its last call. */
  async function noteBroken(id: string, index: number): Promise<void> {
    if (route === null) return;
    const { userId, chatId, model } = generation;
    const call = { kind: "answer", generationId: generation.id, userId, chatId, model, route } as const;
    const entryId = `${generation.id}/${generation.epoch}/${index}`;
    await ledger
      .note({ ...call, id: entryId, bill: unknownBill(provider, id) })
      .catch((error: unknown) => log.warn({ ...lease, error }, "a call that broke was not noted"));
  }

  /** Either the answer ends here, or it is another writer's: already, or from now on. */
  function conclude(error: unknown): Conclusion | "fenced" | "handed-over" {
    const reason = abort.signal.reason instanceof Halted ? abort.signal.reason.reason : null;
    switch (reason) {
      case "fenced":
        return "fenced";
      case "stop":
        return stopped();
      case "shutdown":
      case "log-lost":
        return "handed-over";
      case null:
        if (!isAppError(error)) log.error({ ...lease, error }, "producer failed");
        else
          log.warn(
            { ...lease, type: error.type, provider: error.provider, details: error.details },
            "answer failed",
          );
        return broken("failed", explain(error));
      default:
        return reason satisfies never;
    }
  }
}

/** Whether the model came to its end, and not only its answer. */
function isWhole({ terminal }: Conclusion): boolean {
  return terminal.type === "finish" && terminal.finishReason !== "length";
}

export function openingOf(
  { messageId, id, model }: Pick<Generation, "messageId" | "id" | "model">,
  leftOut: LeftOut | null,
): Chunk[] {
  const messageMetadata = { generationId: id, model, ...(leftOut && { leftOut }) };
  return [{ type: "start", messageId, messageMetadata }, { type: "start-step" }];
}

async function endWithin<T>(limitMs: number, end: () => Promise<T>): Promise<T> {
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
