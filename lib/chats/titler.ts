import type { Log } from "@/lib/diagnostics/log";
import { isAppError } from "@/lib/errors/app-error";
import type { Bus } from "@/lib/events/bus";
import type { ModelDirectory, ServedModel } from "@/lib/models/directory";
import { littleReasoning } from "@/lib/models/little-reasoning";
import { sameHosts } from "@/lib/models/same-hosts";
import type { ModelSettings } from "@/lib/models/settings";
import { titlePrompt } from "@/lib/prompts/title";
import type { UsageLedger } from "@/lib/usage/ledger";
import { completeAtCost } from "@/lib/usage/side-call";
import { titleIn } from "./title";

export interface Untitled {
  chatId: string;
  userId: string;
  /** That has answered. */
  model: string;
  /** Which hosts were told the question. */
  routing: ModelSettings["routing"];
  question: string;
  answer: string;
}

export interface TitleStore {
  /** `false` when the chat is gone or has been named by somebody else than its question; nothing is stored then. */
  setModelTitle(chatId: string, title: string): Promise<boolean>;
}

/** Has models name chats, after their first answers and behind everything else. */
export interface Titler {
  /** A title that does not come leaves the chat with the first line of its question. */
  name(chat: Untitled): void;
  /** Resolves when nothing is being named. */
  idle(): Promise<void>;
}

const tokensMax = 1_000;
const deadlineMs = 30_000;
// Names are never worth what answers need: a rush is named slowly, and what exceeds it not at all.
const atOnceMax = 2;
const waitingMax = 100;

interface Namer {
  model: string;
  served: ServedModel;
}

/**
 * `model` names the chats that its own provider answers in. With `null`, and where somebody else has answered, a chat
 * is named by the model that did: what is said to one provider is told to no other.
 */
export function createTitler({
  store,
  models,
  ledger,
  model: configured,
  bus,
  log,
  closing,
}: {
  store: TitleStore;
  models: Pick<ModelDirectory, "getModel">;
  ledger: Pick<UsageLedger, "note" | "standings">;
  model: string | null;
  bus: Bus;
  log: Log;
  closing: AbortSignal;
}): Titler {
  const waiting: Untitled[] = [];
  const naming = new Set<Promise<void>>();

  async function namerFor({ userId, model }: Untitled): Promise<Namer | null> {
    const [answered, named] = await Promise.all([
      models.getModel(userId, model),
      configured === null ? null : models.getModel(userId, configured),
    ]);
    if (configured !== null && named && named.route.provider === answered?.route.provider) {
      return { model: configured, served: named };
    }
    return answered && { model, served: answered };
  }

  async function nameOne(chat: Untitled): Promise<void> {
    const { chatId, userId, question, answer } = chat;
    const namer = await namerFor(chat);
    if (!namer) return;
    const { model, served } = namer;
    const request = {
      model,
      messages: titlePrompt(question, answer),
      settings: { ...littleReasoning(served.model, tokensMax), ...sameHosts(chat) },
      chatId,
    };
    const signal = AbortSignal.any([closing, AbortSignal.timeout(deadlineMs)]);
    const completion = await completeAtCost(ledger, { kind: "title", userId, served, request }, signal);
    if (!completion) return;
    const { text, usage, costMicros } = completion;
    const title = titleIn(text);
    const isNamed = title !== null && (await store.setModelTitle(chatId, title));
    if (isNamed) bus.publish(`user:${userId}`);
    log.debug({ chatId, model, isNamed, usage, costMicros }, "title written");
  }

  async function nameAll(): Promise<void> {
    for (let next = waiting.shift(); next && !closing.aborted; next = waiting.shift()) {
      const { chatId } = next;
      await nameOne(next).catch((error) => {
        const told = isAppError(error) ? { type: error.type, details: error.details } : { error };
        log.info({ chatId, ...told }, "no title written");
      });
    }
  }

  return {
    name(chat) {
      if (waiting.length >= waitingMax || closing.aborted) return;
      waiting.push(chat);
      if (naming.size >= atOnceMax) return;
      const work = nameAll().finally(() => naming.delete(work));
      naming.add(work);
    },

    async idle() {
      while (naming.size > 0) await Promise.all(naming);
    },
  };
}
