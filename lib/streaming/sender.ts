import type { Actor } from "@/lib/accounts/actor";
import type { SendBody } from "@/lib/api/generations";
import type { Branch, ChatStore } from "@/lib/chats/chat-store";
import { createId } from "@/lib/chats/id";
import { textOf } from "@/lib/chats/part";
import { titleFrom } from "@/lib/chats/title";
import { AppError } from "@/lib/errors/app-error";
import type { ChatError } from "@/lib/errors/chat-error";
import type { ModelDirectory } from "@/lib/models/directory";
import { modelSettingsSchema } from "@/lib/models/settings";
import { historyOf } from "@/lib/prompts/history";
import type { Generation } from "./generation";
import type { GenerationStore, NewGeneration } from "./generation-store";
import type { Producers } from "./producers";
import { type Asked, type Question, readQuestion, requestIdOf } from "./question";

export interface SendOptions {
  /** The client's `Idempotency-Key`, where it sent one. */
  idempotencyKey: string | null;
  /** How a failure of the answer is told. */
  explain: (error: unknown) => ChatError;
}

/** `done` resolves when the answer is stored; for a request seen before it is not ours to wait for. */
export type Sent = { generation: Generation; done: Promise<void> | null };

export interface Sender {
  /**
   * Stores the question and starts its answer, in one transaction and once for each request:
   * the same request again gives the same generation. Throws `generation_active` with
   * `details.generationId` while another answer is being written in the chat, `not_found`,
   * `gone` for a chat in the trash, `invalid_request` for a model or parent that is not there.
   */
  send(actor: Actor, body: SendBody, options: SendOptions): Promise<Sent>;
}

interface Turn {
  kind: NewGeneration["kind"];
  /** The message that is answered. */
  parentId: string;
  question: NewGeneration["question"];
  /** What the model is told, the question included. */
  path: Branch["path"];
  requestId: string;
}

export function createSender({
  chats,
  store,
  models,
  producers,
  owner,
  closing,
}: {
  chats: ChatStore;
  store: GenerationStore;
  models: ModelDirectory;
  producers: Producers;
  owner: string;
  closing: AbortSignal;
}): Sender {
  return {
    async send(actor, body, { idempotencyKey, explain }) {
      if (closing.aborted)
        throw new AppError("unavailable", "the process is about to end", { retryAfterMs: 1_000 });
      const asked = readQuestion(body);
      const branch = await findBranch(actor, body.id, asked);
      if (branch?.chat.deletedAt) throw new AppError("gone", "the chat is in the trash");
      const turn =
        asked.kind === "submit" ? submit(body, branch, asked) : await regenerate(body, branch, asked);

      const model = body.model ?? branch?.chat.model ?? (await models.defaultModel());
      const provider = await models.requireModel(model);
      const settings = modelSettingsSchema.parse({ ...branch?.chat.settings, ...body.settings });

      const started = await store.start({
        id: createId(),
        userId: actor.userId,
        chatId: body.id,
        requestId: idempotencyKey ?? turn.requestId,
        kind: turn.kind,
        model,
        owner,
        messageId: createId(),
        parentId: turn.parentId,
        question: turn.question,
        chat: {
          title: titleFrom(textOf(turn.path.at(-1)?.parts ?? [])),
          model: body.model ?? null,
          settings: body.settings ?? {},
        },
      });
      switch (started.outcome) {
        case "known":
          if (started.generation.chatId !== body.id) {
            throw new AppError("invalid_request", "idempotency key of another chat", {
              details: { field: "Idempotency-Key" },
            });
          }
          return { generation: started.generation, done: null };
        case "busy":
          throw new AppError("generation_active", "another answer is being written", {
            details: { generationId: started.generationId },
          });
        case "not-found":
          throw new AppError("not_found", "no such chat");
        case "started": {
          const request = { model, messages: historyOf(turn.path), settings, chatId: body.id };
          const { generation } = started;
          return { generation, done: producers.produce({ generation, provider, request, explain }) };
        }
        default:
          return started satisfies never;
      }
    },
  };

  async function findBranch(actor: Actor, chatId: string, asked: Asked): Promise<Branch | null> {
    const ends =
      asked.kind === "submit"
        ? [{ messageId: asked.message.id }, ...asked.after]
        : [{ messageId: asked.targetId }];
    const branch = await chats.branch(actor.userId, chatId, ends);
    if (!branch && (await chats.isSomebodyElses(actor.userId, chatId)))
      throw new AppError("not_found", "somebody else's chat");
    return branch;
  }

  function submit(body: SendBody, branch: Branch | null, asked: Extract<Asked, { kind: "submit" }>): Turn {
    const requestId = requestIdOf(body.id, asked, null);
    const { message, isEdit } = asked;
    const known = branch?.path.at(-1);
    if (branch && known?.id === message.id) {
      if (isEdit && textOf(known.parts) !== message.text) {
        return ask({ ...message, id: createId() }, known.parentId, branch.path.slice(0, -1), requestId);
      }
      return { kind: "send", parentId: known.id, question: null, path: branch.path, requestId };
    }
    const isParentMissing = typeof body.parentId === "string" && branch?.path.at(-1)?.id !== body.parentId;
    if (isParentMissing) {
      throw new AppError("invalid_request", "unknown parent", { details: { field: "parentId" } });
    }
    return ask(message, branch?.path.at(-1)?.id ?? null, branch?.path ?? [], requestId);
  }

  function ask(question: Question, parentId: string | null, before: Branch["path"], requestId: string): Turn {
    const { id, parts } = question;
    return {
      kind: "send",
      parentId: id,
      question: { id, parentId, parts },
      path: [...before, { id, parentId, role: "user", parts, status: "complete" }],
      requestId,
    };
  }

  /** Asking again always replaces an answer: the one that is named, or the newest one to the question that is named. */
  async function regenerate(
    body: SendBody,
    branch: Branch | null,
    asked: Extract<Asked, { kind: "regenerate" }>,
  ): Promise<Turn> {
    const target = branch?.path.at(-1);
    if (!branch || target?.id !== asked.targetId) throw new AppError("not_found", "no such message");
    const path = target.role === "assistant" ? branch.path.slice(0, -1) : branch.path;
    const question = path.at(-1);
    if (question?.role !== "user") {
      throw new AppError("invalid_request", "nothing to answer", { details: { field: "messageId" } });
    }
    const ended =
      target.role === "assistant"
        ? target.id
        : (await chats.answersTo(body.id, question.id)).findLast(({ status }) => status !== "streaming")?.id;
    const requestId = requestIdOf(body.id, asked, ended ?? null);
    return { kind: "regenerate", parentId: question.id, question: null, path, requestId };
  }
}
