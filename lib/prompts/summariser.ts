import type { Branch } from "@/lib/chats/chat-store";
import type { Log } from "@/lib/diagnostics/log";
import { isAppError } from "@/lib/errors/app-error";
import type { ModelDirectory } from "@/lib/models/directory";
import { littleReasoning } from "@/lib/models/little-reasoning";
import { sameHosts } from "@/lib/models/same-hosts";
import type { UsageLedger } from "@/lib/usage/ledger";
import { completeAtCost } from "@/lib/usage/side-call";
import { type Prompt, summaryTokensMax } from "./composer";
import { estimateTokens } from "./estimate-tokens";
import { type HistoryEntry, historyEntries } from "./history";
import { digestOf } from "./recipe";
import { summaryPrompt } from "./summary-prompt";

export interface Unsummarised {
  chatId: string;
  userId: string;
  /** That has answered. */
  model: string;
  path: Branch["path"];
  prompt: Pick<Prompt, "unsummarised" | "limits" | "settings">;
}

export interface NewSummary {
  chatId: string;
  throughMessageId: string;
  text: string;
  sourceDigest: string;
  model: string;
}

export interface SummaryStore {
  /** Replaces the one through the same message, unless the person has edited that. `false` when the message is gone. */
  put(summary: NewSummary): Promise<boolean>;
}

/** Has models sum up what they have no room for, after an answer and behind everything else. */
export interface Summariser {
  /**
   * Does nothing where nothing is to be summed up. What fails or comes to nothing is tried again once the chat has
   * grown by some messages, and each time by twice as many.
   */
  summarise(branch: Unsummarised): void;
  /** Resolves when nothing is being summed up. */
  idle(): Promise<void>;
}

const deadlineMs = 60_000;
const atOnceMax = 2;
const waitingMax = 50;
// A long chat that is summed up for the first time; the rest follows after the next answers.
const callsMax = 8;
// A model with a large context reads no more than that at once: the end of a long text is summed up best.
const readTokensMax = 24_000;
// Each attempt may cost: a chat in which one failed is left alone for some turns.
const messagesBeforeRetry = 8;
const failedMax = 1_000;

/** Each chat is summed up by the model that answered in it: no other is told what was said, or has less room for it. */
export function createSummariser({
  store,
  models,
  ledger,
  log,
  closing,
}: {
  store: SummaryStore;
  models: Pick<ModelDirectory, "getModel">;
  ledger: Pick<UsageLedger, "note" | "standings">;
  log: Log;
  closing: AbortSignal;
}): Summariser {
  const waiting = new Map<string, Unsummarised>();
  const working = new Set<Promise<void>>();
  /** By chat, since nothing was written there: how often that failed, and how many messages it needs for the next try. */
  const failed = new Map<string, { times: number; lengthMin: number }>();

  function noteFailed({ chatId, path }: Unsummarised): void {
    const times = (failed.get(chatId)?.times ?? 0) + 1;
    failed.delete(chatId);
    failed.set(chatId, { times, lengthMin: path.length + messagesBeforeRetry * 2 ** (times - 1) });
    const oldest = failed.keys().next();
    if (failed.size > failedMax && !oldest.done) failed.delete(oldest.value);
  }

  function isLeftAlone({ chatId, path }: Unsummarised): boolean {
    return path.length < (failed.get(chatId)?.lengthMin ?? 0);
  }

  /** Each step is kept: what is cut off by the end of the process is not lost. */
  async function summariseOne(branch: Unsummarised) {
    const { chatId, userId, model, path, prompt } = branch;
    const { unsummarised, limits } = prompt;
    const served = await models.getModel(userId, model);
    if (!unsummarised || !served) return;
    const context = limits.contextLength ?? readTokensMax;
    const textTokensMax = summaryTokensMax(context);
    const readTokens = Math.min(Math.floor(context / 2), readTokensMax);

    const history = historyEntries(path);
    const end = history.findLastIndex(({ messageId }) => messageId === unsummarised.throughMessageId) + 1;
    const { after } = unsummarised;
    let text = after?.text ?? null;
    let from = after ? history.findLastIndex(({ messageId }) => messageId === after.throughMessageId) + 1 : 0;
    for (let call = 0; from < end && call < callsMax; call++) {
      const to = endOfReading(history, from, end, readTokens - estimateTokens(text ?? ""));
      const last = history[to - 1];
      if (!last) return;
      const request = {
        model,
        messages: summaryPrompt(text, history.slice(from, to).map(cutTo(readTokens)), textTokensMax / 2),
        settings: { ...littleReasoning(served.model, textTokensMax), ...sameHosts(prompt.settings) },
        chatId,
      };
      const signal = AbortSignal.any([closing, AbortSignal.timeout(deadlineMs)]);
      const completion = await completeAtCost(ledger, { kind: "summary", userId, served, request }, signal);
      if (!completion) return;
      text = completion.text.trim();
      if (text === "") {
        noteFailed(branch);
        return;
      }
      const isKept = await store.put({
        chatId,
        throughMessageId: last.messageId,
        text,
        sourceDigest: digestOf(history.slice(0, to)),
        model,
      });
      log.debug({ chatId, userId, model, isKept, usage: completion.usage }, "summary written");
      if (!isKept) return;
      failed.delete(chatId);
      from = to;
    }
  }

  async function summariseAll(): Promise<void> {
    for (let next = first(waiting); next && !closing.aborted; next = first(waiting)) {
      const { chatId } = next;
      waiting.delete(chatId);
      if (isLeftAlone(next)) continue;
      await summariseOne(next).catch((error) => {
        noteFailed(next);
        const told = isAppError(error) ? { type: error.type, details: error.details } : { error };
        log.info({ chatId, ...told }, "no summary written");
      });
    }
  }

  return {
    summarise(branch) {
      if (!branch.prompt.unsummarised || closing.aborted) return;
      if (waiting.size >= waitingMax && !waiting.has(branch.chatId)) return;
      waiting.set(branch.chatId, branch);
      if (working.size >= atOnceMax) return;
      const work = summariseAll().finally(() => working.delete(work));
      working.add(work);
    },

    async idle() {
      while (working.size > 0) await Promise.all(working);
    },
  };
}

function first<T>(map: ReadonlyMap<string, T>): T | undefined {
  const next = map.values().next();
  return next.done ? undefined : next.value;
}

/** As much as is read at once; whole messages with their notes, and one at least. */
function endOfReading(history: readonly HistoryEntry[], from: number, end: number, tokens: number): number {
  let left = tokens - estimateTokens(history[from]?.text ?? "");
  let to = from + 1;
  while (to < end) {
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
