import type { Branch } from "@/lib/chats/chat-store";
import type { Log } from "@/lib/diagnostics/log";
import { isAppError } from "@/lib/errors/app-error";
import type { ModelDirectory } from "@/lib/models/directory";
import type { Prompt } from "./composer";
import { historyEntries } from "./history";
import type { SummaryTurns } from "./summary-turns";
import type { SummaryWriter } from "./summary-writer";

export interface Unsummarised {
  chatId: string;
  userId: string;
  /** That has answered. */
  model: string;
  path: Branch["path"];
  prompt: Pick<Prompt, "unsummarised" | "limits" | "settings">;
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

const atOnceMax = 2;
const waitingMax = 50;
// Each attempt may cost: a chat in which one failed is left alone for some turns.
const messagesBeforeRetry = 8;
const failedMax = 1_000;

/** Each chat is summed up by the model that answered in it: no other is told what was said, or has less room for it. */
export function createSummariser({
  writer,
  turns,
  models,
  log,
  closing,
}: {
  writer: SummaryWriter;
  turns: SummaryTurns;
  models: Pick<ModelDirectory, "getModel">;
  log: Log;
  closing: AbortSignal;
}): Summariser {
  const waiting = new Map<string, Unsummarised>();
  const working = new Set<Promise<void>>();
  /** By person: no second worker takes a chat of theirs meanwhile. */
  const busy = new Set<string>();
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

  async function summariseOne(branch: Unsummarised): Promise<void> {
    const { chatId, userId, model, path, prompt } = branch;
    const { unsummarised, limits, settings } = prompt;
    const served = await models.getModel(userId, model);
    if (!unsummarised || !served) return;
    const { after, throughMessageId } = unsummarised;
    const all = historyEntries(path);
    const history = all.slice(0, all.findLastIndex(({ messageId }) => messageId === throughMessageId) + 1);
    const { contextLength } = limits;
    const stretch = { chatId, userId, model, served, settings, history, after, contextLength };
    const outcome = await writer.write(stretch);
    if (outcome === "written") failed.delete(chatId);
    if (outcome === "empty") noteFailed(branch);
  }

  function takeNext(): Unsummarised | undefined {
    const next = [...waiting.values()].find(({ userId }) => !busy.has(userId));
    if (next) waiting.delete(next.chatId);
    return next;
  }

  async function summariseAll(): Promise<void> {
    for (let next = takeNext(); next && !closing.aborted; next = takeNext()) {
      const taken = next;
      const { chatId, userId } = taken;
      if (isLeftAlone(taken)) continue;
      busy.add(userId);
      try {
        await turns.take(userId, () => summariseOne(taken));
      } catch (error) {
        noteFailed(taken);
        const told = isAppError(error) ? { type: error.type, details: error.details } : { error };
        log.info({ chatId, ...told }, "no summary written");
      } finally {
        busy.delete(userId);
      }
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
