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
  prompt: Pick<Prompt, "unsummarised" | "limits">;
}

/** Has models sum up what they have no room for, after an answer and behind everything else. */
export interface Summariser {
  /**
   * Does nothing where nothing is to be summed up. What fails or comes to nothing is tried again once the chat has
   * grown by some messages, or another part of it is to be summed up.
   */
  summarise(branch: Unsummarised): void;
  /** Resolves when nothing is being summed up. */
  idle(): Promise<void>;
}

const atOnceMax = 2;
const waitingMax = 50;
// Each attempt may cost: what failed is left alone for some turns.
const messagesBeforeRetry = 8;
const failedMax = 1_000;

/** `model` sums up all chats; with `null` each is summed up by the one that answered in it. */
export function createSummariser({
  writer,
  models,
  model: configured,
  log,
  closing,
}: {
  writer: SummaryWriter;
  models: Pick<ModelDirectory, "getModel">;
  model: string | null;
  log: Log;
  closing: AbortSignal;
}): Summariser {
  const waiting = new Map<string, Unsummarised>();
  const working = new Set<Promise<void>>();
  /** How many messages a branch had when this part of it could not be summed up. */
  const failed = new Map<string, number>();

  function noteFailed({ path, ...chat }: Unsummarised): void {
    failed.set(partOf(chat), path.length);
    const oldest = failed.keys().next();
    if (failed.size > failedMax && !oldest.done) failed.delete(oldest.value);
  }

  function isLeftAlone({ path, ...chat }: Unsummarised): boolean {
    const length = failed.get(partOf(chat));
    return length !== undefined && path.length < length + messagesBeforeRetry;
  }

  async function summariseOne(branch: Unsummarised): Promise<void> {
    const { chatId, userId, model: answeredBy, path, prompt } = branch;
    const { unsummarised, limits } = prompt;
    const model = configured ?? answeredBy;
    const served = await models.getModel(userId, model);
    if (!unsummarised || !served) return;
    const { after, throughMessageId } = unsummarised;
    const history = historyEntries(path);
    const end = history.findLastIndex(({ messageId }) => messageId === throughMessageId) + 1;
    const { contextLength } = limits;
    const stretch = { chatId, userId, model, served, history: history.slice(0, end), after, contextLength };
    if ((await writer.write(stretch)) === "empty") noteFailed(branch);
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

function partOf({ chatId, prompt }: Pick<Unsummarised, "chatId" | "prompt">): string {
  return `${chatId} ${prompt.unsummarised?.throughMessageId}`;
}

function first<T>(map: ReadonlyMap<string, T>): T | undefined {
  const next = map.values().next();
  return next.done ? undefined : next.value;
}
