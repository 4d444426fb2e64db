import type { Branch } from "@/lib/chats/chat-store";
import type { Log } from "@/lib/diagnostics/log";
import { isAppError } from "@/lib/errors/app-error";
import type { ModelDirectory } from "@/lib/models/directory";
import type { Prompt } from "./composer";
import { historyEntries } from "./history";
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
  models,
  log,
  closing,
}: {
  writer: SummaryWriter;
  models: Pick<ModelDirectory, "getModel">;
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
