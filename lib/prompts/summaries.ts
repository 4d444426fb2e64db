import type { z } from "zod";
import type { Actor } from "@/lib/accounts/actor";
import type { changeSummary, StandingSummary } from "@/lib/api/summaries";
import type { Branch, ChatStore } from "@/lib/chats/chat-store";
import { AppError } from "@/lib/errors/app-error";
import type { Bus } from "@/lib/events/bus";
import type { ModelDirectory } from "@/lib/models/directory";
import type { CurrentSettings } from "@/lib/settings/settings-keeper";
import type { CheckLimit } from "@/lib/vault/check-limit";
import { type HistoryEntry, historyEntries } from "./history";
import { digestOf } from "./recipe";
import { type Reach, reachesOf, standingOf } from "./standing-summaries";
import type { SummaryTurns } from "./summary-turns";
import type { SummaryWriter } from "./summary-writer";

export interface SummaryPlace {
  userId: string;
  chatId: string;
  /** The last message that it stands for. */
  messageId: string;
}

/** Of somebody else's chat there is nothing. Changes are told to the person's devices. */
export interface SummaryRecords {
  /** `costMicros` is what all summaries of the chat have cost, as far as anybody knows. */
  about(place: SummaryPlace): Promise<{ model: string; updatedAt: Date; costMicros: number | null } | null>;
  /** `false` when there is no such summary. */
  change(place: SummaryPlace, edited: { text: string; sourceDigest: string }): Promise<boolean>;
  /** The same. What it was made from goes with it. */
  forget(place: SummaryPlace): Promise<boolean>;
}

/** What stands for the beginning of a chat, as its person sees and changes it. Throws `not_found` for what is not theirs. */
export function createSummaries({
  chats,
  records,
  writer,
  turns,
  limit,
  models,
  settings,
  bus,
}: {
  chats: Pick<ChatStore, "branch">;
  records: SummaryRecords;
  writer: SummaryWriter;
  turns: SummaryTurns;
  limit: CheckLimit;
  models: Pick<ModelDirectory, "defaultModel" | "requireModel">;
  settings: Pick<CurrentSettings, "ofPerson">;
  bus: Pick<Bus, "publish">;
}) {
  /** By person: who asks for the same again meanwhile waits for it. */
  const writing = new Map<string, { what: string; written: Promise<void> }>();

  async function branchTo(userId: string, chatId: string, messageId: string): Promise<Branch> {
    const branch = await chats.branch(userId, chatId, [{ messageId }]);
    if (branch?.path.at(-1)?.id !== messageId) throw new AppError("not_found", "no such message");
    return branch;
  }

  async function get(actor: Actor, chatId: string, before: string): Promise<StandingSummary> {
    const [branch, { context }] = await Promise.all([
      branchTo(actor.userId, chatId, before),
      settings.ofPerson(actor.userId),
    ]);
    const history = historyEntries(branch.path.slice(0, -1));
    const { summary, unsentWords } = shownOf(reachesOf(branch.summaries, history));

    async function present(reach: Reach | null): Promise<StandingSummary["summary"]> {
      if (!reach) return null;
      const { throughMessageId, text, isEdited } = reach.summary;
      const about = await records.about({ userId: actor.userId, chatId, messageId: throughMessageId });
      return (
        about && {
          throughMessageId,
          text,
          isEdited,
          isStale: reach.isStale,
          messages: countOf(history.slice(0, reach.entries)),
          model: about.model,
          updatedAt: about.updatedAt.toISOString(),
          costMicros: about.costMicros,
        }
      );
    }

    const [presented, words] = await Promise.all([present(summary), present(unsentWords)]);
    return { isOn: context.summarises, summary: presented, unsentWords: words };
  }

  async function write(userId: string, chatId: string, before: string): Promise<void> {
    const branch = await branchTo(userId, chatId, before);
    if (branch.chat.deletedAt) throw new AppError("gone", "the chat is in the trash");
    const history = historyEntries(branch.path.slice(0, -1));
    if (history.length === 0) throw new AppError("invalid_request", "nothing was said before the message");
    const model = branch.chat.model ?? (await models.defaultModel(userId));
    const served = await models.requireModel(userId, model);
    const shorter = standingOf(branch.summaries, history).findLast(({ entries }) => entries < history.length);
    const after = shorter?.summary ?? null;
    const contextLength = served.model?.contextLength ?? null;
    const { settings } = branch.chat;
    const stretch = {
      chatId,
      userId,
      model,
      served,
      settings,
      history,
      after,
      contextLength,
      replacesEdited: true,
    };
    const outcome = await writer.write(stretch);
    switch (outcome) {
      case "written":
        return;
      case "empty":
        throw new AppError("provider_error", "the model wrote no summary");
      case "unpaid":
        if (!served.provider.complete) throw new AppError("unsupported", "the provider writes no summaries");
        throw new AppError("quota_exceeded", "nothing is left for a summary");
      case "gone":
        throw new AppError("not_found", "no such message");
      default:
        return outcome satisfies never;
    }
  }

  return {
    get: (actor: Actor, { chatId }: { chatId: string }, { before }: { before: string }) =>
      get(actor, chatId, before),

    async write(
      actor: Actor,
      { chatId }: { chatId: string },
      { before }: { before: string },
    ): Promise<StandingSummary> {
      const { userId } = actor;
      const what = `${chatId} ${before}`;
      const running = writing.get(userId);
      if (running && running.what !== what) {
        throw new AppError("conflict", "another summary of theirs is being written");
      }
      if (running) await running.written;
      else {
        const written = limit
          .take(userId)
          .then(() => turns.take(userId, () => write(userId, chatId, before)))
          .finally(() => writing.delete(userId));
        writing.set(userId, { what, written });
        await written;
      }
      return get(actor, chatId, before);
    },

    /** What it stands for is what is said there now: the person has seen it. */
    async change(
      actor: Actor,
      params: { chatId: string; messageId: string },
      { text }: z.output<typeof changeSummary.body>,
    ): Promise<z.input<typeof changeSummary.answer>> {
      const { path } = await branchTo(actor.userId, params.chatId, params.messageId);
      const sourceDigest = digestOf(historyEntries(path));
      const isChanged = await records.change({ userId: actor.userId, ...params }, { text, sourceDigest });
      if (!isChanged) throw new AppError("not_found", "no such summary");
      bus.publish(`user:${actor.userId}`);
      return { text, isEdited: true };
    },

    async forget(
      actor: Actor,
      params: { chatId: string; messageId: string },
    ): Promise<Record<string, never>> {
      const isForgotten = await records.forget({ userId: actor.userId, ...params });
      if (!isForgotten) throw new AppError("not_found", "no such summary");
      bus.publish(`user:${actor.userId}`);
      return {};
    },
  };
}

/** The furthest that is sent, and words of the person's own beyond it that are not; of what is not sent the furthest where nothing is. */
function shownOf(reaches: readonly Reach[]): { summary: Reach | null; unsentWords: Reach | null } {
  const sent = reaches.findLast(({ isStale }) => !isStale);
  const words = reaches.findLast(({ summary, isStale }) => isStale && summary.isEdited);
  if (!sent) return { summary: words ?? reaches.at(-1) ?? null, unsentWords: null };
  return { summary: sent, unsentWords: words && words.entries > sent.entries ? words : null };
}

function countOf(history: readonly HistoryEntry[]): number {
  return new Set(history.map(({ messageId }) => messageId)).size;
}
