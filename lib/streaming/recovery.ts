import type { Branch, ChatStore } from "@/lib/chats/chat-store";
import { isFilePart } from "@/lib/chats/file-part";
import type { Titler } from "@/lib/chats/titler";
import type { Log } from "@/lib/diagnostics/log";
import { AppError, isAppError } from "@/lib/errors/app-error";
import type { ChatError } from "@/lib/errors/chat-error";
import type { Bus } from "@/lib/events/bus";
import type { ModelDirectory, ServedModel } from "@/lib/models/directory";
import type { PromptMessage } from "@/lib/models/provider";
import { type ModelSettings, modelSettingsSchema } from "@/lib/models/settings";
import { plain } from "@/lib/prompts/compose-messages";
import { continuationOf } from "@/lib/prompts/continuation";
import { historyOf } from "@/lib/prompts/history";
import { withOutputBeside } from "@/lib/prompts/output-beside";
import { leftOutBy, rebuildPrompt } from "@/lib/prompts/rebuild";
import { type Bill, billOf } from "@/lib/usage/bill";
import type { UsageLedger } from "@/lib/usage/ledger";
import { pricesOf } from "@/lib/usage/model-prices";
import { isOverdrawn, standingsOver } from "@/lib/usage/standing";
import type { Answer } from "./answer";
import { compactBatches, packBatch } from "./batch";
import { cutCalls } from "./call-writer";
import type { ChunkLog } from "./chunk-log";
import { broken, type Conclusion, completed, stopped } from "./conclusion";
import type { Abandoned } from "./generation";
import type { GenerationStore, Takeover } from "./generation-store";
import { closingsOf, type Left, leftOf } from "./left";
import { namingOf } from "./naming";
import { openingOf } from "./produce";
import type { Producers } from "./producers";
import { writtenIn } from "./written-in";

/** An answer is finished by another process at most this often; then it is the answer that kills them. */
const takeoversMax = 2;

export interface Recovery {
  /** Takes over the answers whose writer is gone: finishes them, or ends them with what their log holds. */
  recover(which: Takeover): Promise<number>;
  /** Calls `wake` when a process has given its answers up. Gives the function that ends the subscription. */
  onHandOver(wake: () => void): () => void;
}

export interface RecoveryParts {
  store: GenerationStore;
  chunkLog: ChunkLog;
  chats: ChatStore;
  models: ModelDirectory;
  producers: Producers;
  ledger: UsageLedger;
  bus: Bus;
  log: Log;
  owner: string;
  explain: (error: unknown, requestId: string) => ChatError;
  titler: Titler | null;
}

export function createRecovery(parts: RecoveryParts): Recovery {
  return {
    async recover(which) {
      const abandoned = await parts.store.takeOver(parts.owner, which);
      for (const generation of abandoned) {
        await resume(parts, generation).catch((error) =>
          // Its lease is ours now and runs out: the next sweep tries again.
          parts.log.error({ error, generationId: generation.id }, "an abandoned answer could not be seen to"),
        );
      }
      return abandoned.length;
    },
    onHandOver: (wake) => parts.bus.subscribe("handed-over", wake),
  };
}

async function resume(parts: RecoveryParts, generation: Abandoned): Promise<void> {
  const batches = await parts.chunkLog.read(generation.id, 0);
  const written = compactBatches(batches).map(({ chunk }) => chunk);
  const saidByFormer = () => writtenIn(generation.epoch - 1, batches);
  const left = await leftOf(parts.chats, generation, written);
  const { answer } = left;
  const end = async (conclusion: Conclusion) =>
    conclude(
      parts,
      generation,
      left,
      conclusion,
      billOfFormer(
        generation,
        await parts.models.getModel(generation.userId, generation.model),
        null,
        saidByFormer,
      ),
    );

  if (generation.status === "stopping") {
    await end(stopped());
    return;
  }
  // All was written but the ending; what it cost is not known.
  if (written.at(-1)?.type === "finish-step") {
    const isOurs = await end(completed({ type: "finish", reason: "stop", usage: null, costMicros: null }));
    if (isOurs) await name(parts, generation, answer);
    return;
  }
  // There is no going on with an image alone, and to make it again is to pay for it again.
  const isImageOnly = answer.textLength() === 0 && answer.parts().some(isFilePart);
  if (!generation.mayBeFinished || isImageOnly || generation.epoch - 1 > takeoversMax) {
    const error = parts.explain(new AppError("interrupted", "the writer is gone"), generation.id);
    await end(broken("interrupted", error));
    return;
  }
  const served = await parts.models
    .requireModel(generation.userId, generation.model)
    .catch((error: unknown) => unservable(error));
  if (isAppError(served)) {
    const failed = broken("failed", parts.explain(served, generation.id));
    await end(failed);
    return;
  }
  await finish(parts, generation, served, left, saidByFormer);
}

/** A model that has gone, or its key, comes back no sooner for being asked for again. */
function unservable(error: unknown): AppError {
  if (isAppError(error) && !error.retryable) return error;
  throw error;
}

async function name(parts: RecoveryParts, generation: Abandoned, answer: Answer): Promise<void> {
  const branch = await branchTo(parts, generation);
  namingOf(namingParts(parts, generation, branch))?.(answer.text());
}

function namingParts({ titler }: RecoveryParts, generation: Abandoned, { chat, path }: Branch) {
  const settings = settingsBeside(generation, chat);
  return {
    titler,
    isGuest: generation.isOfGuest,
    chat,
    path: path.slice(0, -1),
    generation: { ...generation, settings },
  };
}

/** The answer's own, but of the prices that its hosts may take only what the person has set: the rest is what was held for it. */
function settingsBeside({ settings, prompt }: Abandoned, chat: Branch["chat"]): ModelSettings {
  if (!settings.routing) return settings;
  const wanted = modelSettingsSchema.catch({}).parse({ ...chat.settings, ...prompt?.ownSettings });
  return { ...settings, routing: { ...settings.routing, maxPrice: wanted.routing?.maxPrice } };
}

async function branchTo({ chats }: RecoveryParts, { userId, chatId, messageId }: Abandoned): Promise<Branch> {
  const branch = await chats.branch(userId, chatId, [{ messageId }]);
  if (!branch) throw new AppError("not_found", "the chat of an abandoned answer is gone");
  return branch;
}

async function finish(
  parts: RecoveryParts,
  generation: Abandoned,
  served: ServedModel,
  left: Left,
  saidByFormer: () => string,
): Promise<void> {
  const { store, producers, log, explain } = parts;
  const { provider, model } = served;
  const { logged, unlogged, answer } = left;
  const branch = await branchTo(parts, generation);
  const path = branch.path.slice(0, -1);
  const { prompt } = generation;
  const messages = prompt ? plain(rebuildPrompt(prompt, path).messages) : historyOf(path);
  const bill = billOfFormer(generation, served, messages, saidByFormer);
  if (!(await mayCostMore(parts, generation, bill))) {
    const error = explain(new AppError("interrupted", "finishing it would go over a limit"), generation.id);
    await conclude(parts, generation, left, broken("interrupted", error), null);
    return;
  }
  const isVisible = answer.textLength() > 0;
  const settings = isVisible
    ? withOutputBeside(
        continuationOf(messages, answer.text(), "turn"),
        generation.settings,
        model?.contextLength ?? null,
      )
    : generation.settings;
  // Reasoning is no answer yet, nor is a call that nothing came of: it is asked for again, from the beginning.
  if (logged.length > 0 && (!isVisible || unlogged.length > 0))
    await store.clearLog({ generationId: generation.id, epoch: generation.epoch });
  const opening = openingOf(generation, leftOutBy(prompt));
  const begun =
    unlogged.length > 0
      ? { chunks: [...opening, ...unlogged], isLogged: false }
      : { chunks: logged, isLogged: true };
  const seams = [...left.seams, { offset: answer.textLength(), at: new Date().toISOString() }];
  log.warn(
    { generationId: generation.id, epoch: generation.epoch, offset: answer.textLength() },
    "answer taken over",
  );
  void producers.produce({
    generation,
    route: generation.route,
    provider,
    prices: pricesOf(model),
    request: {
      model: generation.model,
      messages,
      settings,
      chatId: generation.chatId,
    },
    opening,
    begun: isVisible ? { ...begun, seams } : null,
    explain: (error) => explain(error, generation.id),
    onCompleted: namingOf(namingParts(parts, generation, branch)),
  });
}

/** The former writer's call is paid for too: as far as can be told from what it left. */
function billOfFormer(
  { upstreamId, route }: Abandoned,
  served: ServedModel | null,
  messages: readonly PromptMessage[] | null,
  written: () => string,
): Bill | null {
  const called = { messages, written, upstreamId, usage: null, costMicros: null };
  if (served) return billOf({ ...called, provider: served.provider, prices: pricesOf(served.model) });
  const bill = route && billOf({ ...called, provider: { id: route.provider }, prices: null });
  // Once its key or its model is back, the provider may say it.
  return bill && { ...bill, isAskable: upstreamId !== null };
}

/** Notes what the former writer's call came to, and says whether another one fits into the limits. */
async function mayCostMore(
  { ledger }: RecoveryParts,
  { id, epoch, userId, chatId, model, route }: Abandoned,
  bill: Bill | null,
): Promise<boolean> {
  if (route === null || bill === null) return true;
  await ledger.note({
    id: `${id}/${epoch - 1}`,
    kind: "answer",
    generationId: id,
    userId,
    chatId,
    model,
    route,
    bill,
  });
  return !standingsOver(route.payer, await ledger.standings(userId)).some(isOverdrawn);
}

async function conclude(
  { store, bus, log }: RecoveryParts,
  generation: Abandoned,
  { logged, unlogged, seams, answer }: Left,
  { ending, terminal }: Conclusion,
  bill: Bill | null,
): Promise<boolean> {
  const opening = logged.length > 0 ? [] : openingOf(generation, leftOutBy(generation.prompt));
  const rest = [...opening, ...unlogged];
  const calls = cutCalls(answer.parts());
  for (const chunk of calls) answer.apply(chunk);
  const chunks = [...rest, ...calls, ...closingsOf([...logged, ...rest]), terminal];
  const batch = packBatch(chunks.map((chunk, index) => ({ seq: generation.lastSeq + 1 + index, chunk })));
  const lease = { generationId: generation.id, epoch: generation.epoch };
  const ended = { ...ending, bill, seams };
  const isOurs = await store.end(lease, ended, answer.parts(), batch);
  if (isOurs) {
    bus.publish(`generation:${generation.id}`);
    bus.publish(`user:${generation.userId}`);
  }
  log.warn({ ...lease, status: isOurs ? ending.status : "fenced" }, "abandoned answer ended");
  return isOurs;
}
