import type { Log } from "@/lib/diagnostics/log";
import { AppError, isAppError } from "@/lib/errors/app-error";
import type { Bus } from "@/lib/events/bus";
import type { ServedModel } from "@/lib/models/directory";
import { littleReasoning } from "@/lib/models/little-reasoning";
import { sameHosts } from "@/lib/models/same-hosts";
import type { ModelSettings } from "@/lib/models/settings";
import type { UsageLedger } from "@/lib/usage/ledger";
import { completeAtCost } from "@/lib/usage/side-call";
import { summaryTokensMax } from "./composer";
import { estimateTokens } from "./estimate-tokens";
import type { HistoryEntry } from "./history";
import { digestOf } from "./recipe";
import type { Summary } from "./summary";
import { summaryPrompt } from "./summary-prompt";

/** The beginning of a branch, to be summed up. */
export interface Stretch {
  chatId: string;
  userId: string;
  model: string;
  served: ServedModel;
  /** That answers are asked for with. */
  settings: Pick<ModelSettings, "routing">;
  /** All of it, root first. */
  history: readonly HistoryEntry[];
  /** What sums up a part of it, to go on from. */
  after: Pick<Summary, "throughMessageId" | "text"> | null;
  contextLength: number | null;
  /** Also where the person has put the former one into their own words. */
  replacesEdited?: boolean;
}

export interface NewSummary {
  chatId: string;
  throughMessageId: string;
  text: string;
  sourceDigest: string;
  model: string;
  replacesEdited?: boolean;
}

export interface SummaryStore {
  /**
   * Replaces the one through the same message and tells the person's devices. One that the person has edited stays,
   * unless `replacesEdited`. `false` when the message is gone.
   */
  put(summary: NewSummary): Promise<boolean>;
}

/** `empty`: the model wrote nothing. `unpaid`: it makes no such calls, or a limit leaves nothing. */
export type Outcome = "written" | "empty" | "unpaid" | "gone";

export interface SummaryWriter {
  /**
   * Reads in pieces that fit, eight at most, and keeps each step: what is cut off by the end of the process is not lost. Fails as
   * `ModelProvider.complete` does, with `unavailable` where the process ends.
   */
  write(stretch: Stretch): Promise<Outcome>;
}

// Behind the provider's own, which knows better what was waited for.
const deadlineMs = 65_000;
// A long chat that is summed up for the first time; the rest follows after the next answers.
const callsMax = 8;
// A model with a large context reads no more than that at once: the end of a long text is summed up best.
const readTokensMax = 24_000;

export function createSummaryWriter({
  store,
  ledger,
  bus,
  log,
  closing,
}: {
  store: SummaryStore;
  ledger: Pick<UsageLedger, "note" | "standings">;
  bus: Pick<Bus, "publish">;
  log: Log;
  closing: AbortSignal;
}): SummaryWriter {
  return {
    async write({ history, after, contextLength, replacesEdited = false, ...stretch }) {
      const { chatId, userId, model, served, settings } = stretch;
      const context = contextLength ?? readTokensMax;
      const textTokensMax = summaryTokensMax(context);
      const readTokens = Math.min(Math.floor(context / 2), readTokensMax);
      let text = after?.text ?? null;
      let from = after
        ? history.findLastIndex(({ messageId }) => messageId === after.throughMessageId) + 1
        : 0;
      for (let call = 0; from < history.length && call < callsMax; call++) {
        const to = endOfReading(history, from, readTokens - estimateTokens(text ?? ""));
        const last = history[to - 1];
        if (!last) break;
        const request = {
          model,
          messages: summaryPrompt(text, history.slice(from, to).map(cutTo(readTokens)), textTokensMax / 2),
          settings: { ...littleReasoning(served.model, textTokensMax), ...sameHosts(settings) },
          chatId,
        };
        const signal = AbortSignal.any([closing, AbortSignal.timeout(deadlineMs)]);
        const sideCall = { kind: "summary", userId, served, request } as const;
        const completion = await completeAtCost(ledger, sideCall, signal).catch((error: unknown) => {
          throw stopped(error);
        });
        if (!completion) return "unpaid";
        text = completion.text.trim();
        if (text === "") return "empty";
        const isKept = await store.put({
          chatId,
          throughMessageId: last.messageId,
          text,
          sourceDigest: digestOf(history.slice(0, to)),
          model,
          replacesEdited,
        });
        log.debug({ chatId, userId, model, isKept, usage: completion.usage }, "summary written");
        if (!isKept) return "gone";
        bus.publish(`user:${userId}`);
        from = to;
      }
      return "written";
    },
  };
}

/** What a signal says when it ends a call, as an error that a person understands. */
function stopped(error: unknown): unknown {
  const name = error instanceof Error && !isAppError(error) ? error.name : null;
  if (name === "TimeoutError") {
    return new AppError("provider_timeout", "no summary came in time", { cause: error });
  }
  if (name === "AbortError") return new AppError("unavailable", "the process is ending", { cause: error });
  return error;
}

/** As much as is read at once; whole messages with their notes, and one at least. */
function endOfReading(history: readonly HistoryEntry[], from: number, tokens: number): number {
  let left = tokens - estimateTokens(history[from]?.text ?? "");
  let to = from + 1;
  while (to < history.length) {
    const next = history[to];
    left -= estimateTokens(next?.text ?? "");
    if (left < 0 && next?.messageId !== history[to - 1]?.messageId) break;
    to++;
  }
  return to;
}

/** Of a message that is longer than what is read at once, its beginning and its end. */
function cutTo(tokens: number): (entry: HistoryEntry) => { role: HistoryEntry["role"]; text: string } {
  return ({ role, text }) => {
    if (estimateTokens(text) <= tokens) return { role, text };
    const half = Math.floor(tokens / 3);
    return { role, text: `${text.slice(0, half)} … ${text.slice(-half)}`.toWellFormed() };
  };
}
