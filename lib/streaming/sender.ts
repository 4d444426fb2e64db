import type { Actor } from "@/lib/accounts/actor";
import type { SendBody } from "@/lib/api/generations";
import type { Branch, BranchEnd, ChatStore } from "@/lib/chats/chat-store";
import { createId } from "@/lib/chats/id";
import { textOf } from "@/lib/chats/part";
import { titleFrom } from "@/lib/chats/title";
import type { Titler } from "@/lib/chats/titler";
import { AppError } from "@/lib/errors/app-error";
import type { ChatError } from "@/lib/errors/chat-error";
import type { Bus } from "@/lib/events/bus";
import type { ModelDirectory } from "@/lib/models/directory";
import { requireSentFallbacks } from "@/lib/models/fallbacks";
import { modelSettingsSchema } from "@/lib/models/settings";
import { supportedSettings } from "@/lib/models/supported-settings";
import { type PromptComposer, promptMessages, requireRoom } from "@/lib/prompts/composer";
import { continuationOf } from "@/lib/prompts/continuation";
import type { Summariser } from "@/lib/prompts/summariser";
import type { IsLimited } from "@/lib/usage/is-limited";
import { quoteFor } from "@/lib/usage/quote";
import type { Generation } from "./generation";
import type { GenerationStore } from "./generation-store";
import { namingOf } from "./naming";
import { openingOf } from "./produce";
import type { Producers } from "./producers";
import { readQuestion } from "./question";
import { startWithinBudget } from "./start-within-budget";
import { continueTurn, regenerateTurn, submitTurn, type Turn } from "./turn";

export interface SendOptions {
  /** The client's `Idempotency-Key`, where it sent one. */
  idempotencyKey: string | null;
  /** How a failure of the answer is told. */
  explain: (error: unknown) => ChatError;
}

export interface Sent {
  generation: Generation;
  /** Resolves when the answer is stored; for a request seen before it is not ours to wait for. */
  done: Promise<void> | null;
  /** Where the visible branch ended, if the question was put beside it instead of after it. */
  leftLeafId: string | null;
}

export interface Sender {
  /**
   * Stores the question and starts its answer, in one transaction and once for each request:
   * the same request again gives the same generation. Throws `generation_active` with
   * `details.generationId` while another answer is being written in the chat, `not_found`,
   * `gone` for a chat in the trash, `invalid_request` for a model, fallback model or parent that is not there,
   * `context_too_long` for a question that the model has no room for.
   */
  send(actor: Actor, body: SendBody, options: SendOptions): Promise<Sent>;

  /**
   * Goes on with an answer that was stopped or cut off, in the same message, with the model that has
   * begun it, while that is on offer, and with what was asked for with its question. Throws as `send` does.
   */
  continueAnswer(actor: Actor, chatId: string, messageId: string, options: SendOptions): Promise<Sent>;
}

export function createSender({
  chats,
  store,
  models,
  producers,
  bus,
  owner,
  closing,
  titler,
  prompts,
  summariser,
  isLimited,
}: {
  chats: ChatStore;
  store: GenerationStore;
  models: ModelDirectory;
  producers: Producers;
  bus: Bus;
  owner: string;
  closing: AbortSignal;
  titler: Titler | null;
  prompts: PromptComposer;
  summariser: Summariser | null;
  isLimited: IsLimited;
}): Sender {
  return {
    async send(actor, body, options) {
      const asked = readQuestion(body);
      if (asked.kind === "submit") {
        const branch = await findBranch(actor, body.id, [{ messageId: asked.message.id }, ...asked.after]);
        // A new chat's first message has no parent, and whether the id is free shows when it is stored.
        if (
          !branch &&
          asked.requiredParentId !== null &&
          (await chats.isSomebodyElses(actor.userId, body.id))
        )
          throw new AppError("not_found", "somebody else's chat");
        return begin(actor, body, branch, submitTurn(body.id, branch, asked), options);
      }
      const branch = await findBranch(actor, body.id, [{ messageId: asked.targetId }]);
      const isQuestion = branch?.path.at(-1)?.role === "user";
      const answers = isQuestion ? await chats.answersTo(body.id, asked.targetId) : [];
      const ended = answers.findLast(({ status }) => status !== "streaming")?.id ?? null;
      return begin(actor, body, branch, regenerateTurn(body.id, branch, asked, ended), options);
    },

    async continueAnswer(actor, chatId, messageId, options) {
      // Before the message is looked at: by now it may be whole, and nothing to continue for a new request.
      const { idempotencyKey } = options;
      const known = idempotencyKey === null ? null : await store.findRequest(actor.userId, idempotencyKey);
      if (known) return attach(known, chatId);
      const branch = await findBranch(actor, chatId, [{ messageId }]);
      const running = await findRunning(actor, branch, messageId);
      if (running) return { generation: running, done: null, leftLeafId: null };
      // The branch names files by their addresses; what is written anew needs them themselves.
      const whole = branch && (await chats.message(chatId, messageId));
      const turn = continueTurn(chatId, branch, messageId, whole?.parts ?? []);
      const { model = null, generationId = null } = branch?.path.at(-1) ?? {};
      const [served, settings] = await Promise.all([
        model === null ? null : models.getModel(actor.userId, model),
        generationId === null ? undefined : store.ownSettings(generationId),
      ]);
      const body = { id: chatId, model: served ? model : undefined, settings };
      return begin(actor, body, branch, turn, options);
    },
  };

  /** The second of two clicks finds the answer being written already. */
  async function findRunning(
    actor: Actor,
    branch: Branch | null,
    messageId: string,
  ): Promise<Generation | null> {
    const target = branch?.path.at(-1);
    if (!branch || target?.id !== messageId || target.status !== "streaming") return null;
    return store.find(actor.userId, branch.chat.id, target.generationId);
  }

  /** To what a request has begun that was seen before. */
  function attach(generation: Generation, chatId: string): Sent {
    if (generation.chatId !== chatId) {
      throw new AppError("invalid_request", "idempotency key of another chat", {
        details: { field: "Idempotency-Key" },
      });
    }
    return { generation, done: null, leftLeafId: null };
  }

  async function findBranch(
    actor: Actor,
    chatId: string,
    ends: readonly BranchEnd[],
  ): Promise<Branch | null> {
    if (closing.aborted) {
      throw new AppError("unavailable", "the process is about to end", { retryAfterMs: 1_000 });
    }
    prompts.prepare(actor.userId);
    const branch = await chats.branch(actor.userId, chatId, ends);
    if (branch?.chat.deletedAt) throw new AppError("gone", "the chat is in the trash");
    if (branch?.path.at(-1)?.isDeleted) throw new AppError("gone", "the message was deleted");
    return branch;
  }

  async function begin(
    actor: Actor,
    body: Pick<SendBody, "id" | "model" | "settings">,
    branch: Branch | null,
    turn: Turn,
    { idempotencyKey, explain }: SendOptions,
  ): Promise<Sent> {
    const model = body.model ?? branch?.chat.model ?? (await models.defaultModel(actor.userId));
    const served = await models.requireModel(actor.userId, model);
    const { provider, route } = served;
    const wanted = modelSettingsSchema.parse({ ...branch?.chat.settings, ...body.settings });
    const fallbacks = await requireSentFallbacks(models, actor.userId, served, wanted);
    const begunText = turn.begun ? textOf(branch?.path.at(-1)?.parts ?? []) : "";
    const prompt = await prompts.compose({
      userId: actor.userId,
      chat: branch?.chat ?? { id: body.id, characterId: null, profileId: null },
      path: turn.path,
      summaries: branch?.summaries ?? [],
      model,
      about: served.model,
      settings: wanted,
      begun: begunText,
    });
    const { settings } = prompt;
    const requestId = idempotencyKey ?? turn.requestId;
    if (prompt.excess) {
      // What was seen before has its answer already, whatever has room by now.
      const known = await store.findRequest(actor.userId, requestId);
      if (known) return attach(known, body.id);
      requireRoom(prompt, model);
    }
    const request = { model, messages: promptMessages(prompt), settings, chatId: body.id };
    // What is there of an answer that is gone on with is sent along.
    const { messages } = request;
    const told = begunText === "" ? messages : continuationOf(messages, begunText, "turn");
    const quote = quoteFor({
      provider,
      model: served.model,
      fallbacks: fallbacks.map(({ model }) => model),
      messages: told,
      settings,
      isLimited: await isLimited(actor, route.payer),
    });
    const started = await startWithinBudget(quote, (holdMicros, settings) => {
      request.settings = settings;
      return store.start({
        id: createId(),
        userId: actor.userId,
        chatId: body.id,
        requestId,
        kind: turn.kind,
        model,
        route,
        settings: supportedSettings(settings, served.model),
        // Those of a new chat become the chat's.
        prompt: branch && body.settings ? { ...prompt.recipe, ownSettings: body.settings } : prompt.recipe,
        metadata: prompt.leftOut ? { leftOut: prompt.leftOut } : {},
        holdMicros,
        owner,
        messageId: turn.messageId,
        parentId: turn.parentId,
        question: turn.question,
        chat: {
          title: titleFrom(textOf(turn.path.at(-1)?.parts ?? [])),
          model: body.model ?? null,
          settings: body.settings ?? {},
          deletions: branch?.chat.deletions ?? 0,
        },
      });
    });
    switch (started.outcome) {
      case "known":
        return attach(started.generation, body.id);
      case "busy":
        throw new AppError("generation_active", "another answer is being written", {
          details: { generationId: started.generationId },
        });
      case "not-found":
        throw new AppError("not_found", "no such chat");
      case "started": {
        const { generation } = started;
        bus.publish(`user:${actor.userId}`);
        const { prices } = quote;
        const opening = openingOf(generation, prompt.leftOut);
        const begun = turn.begun && { ...turn.begun, chunks: [...opening, ...turn.begun.chunks] };
        const name = namingOf({
          titler,
          isGuest: actor.isGuest,
          chat: branch?.chat ?? null,
          path: turn.path,
          generation: { ...generation, settings },
        });
        const onCompleted = (answer: string) => {
          name?.(answer);
          summariser?.summarise({ ...generation, path: turn.path, prompt });
        };
        const done = producers.produce({
          generation,
          route,
          provider,
          request,
          opening,
          prices,
          begun,
          explain,
          onCompleted,
        });
        return { generation, done, leftLeafId: leafLeftBy(turn, branch) };
      }
      default:
        return started satisfies never;
    }
  }
}

function leafLeftBy(turn: Turn, branch: Branch | null): string | null {
  const leaf = branch?.chat.leafMessageId ?? null;
  const isAside = turn.question !== null && leaf !== null && !turn.path.some(({ id }) => id === leaf);
  return isAside ? leaf : null;
}
