import type { Branch } from "@/lib/chats/chat-store";
import { isFilePart } from "@/lib/chats/file-part";
import { createId } from "@/lib/chats/id";
import { type Part, textOf } from "@/lib/chats/part";
import { AppError } from "@/lib/errors/app-error";
import type { NewGeneration } from "./generation-store";
import type { Begun } from "./produce";
import { type Asked, type Question, requestIdOf } from "./question";
import { reopened } from "./stored-chunks";

/** What an accepted request comes to: which message is answered where, and what the model is told. */
export interface Turn {
  kind: NewGeneration["kind"];
  /** The answer's message. */
  messageId: string;
  /** The message that is answered. */
  parentId: string;
  question: NewGeneration["question"];
  /** What the model is told, the question included. */
  path: Branch["path"];
  begun: Begun | null;
  /** By which the request is recognised when it comes again without an idempotency key. */
  requestId: string;
}

/** Throws `invalid_request` when the parent that the request names is not in the chat. */
export function submitTurn(
  chatId: string,
  branch: Branch | null,
  asked: Extract<Asked, { kind: "submit" }>,
): Turn {
  const requestId = requestIdOf(chatId, asked, null);
  const { message, isEdit, requiredParentId } = asked;
  const path = branch?.path ?? [];
  const last = path.at(-1);
  if (last?.id === message.id) {
    const isChanged = isEdit && textOf(last.parts) !== message.text;
    if (isChanged) return asking({ ...message, id: createId() }, last.parentId, path.slice(0, -1), requestId);
    return {
      kind: "send",
      messageId: createId(),
      parentId: last.id,
      question: null,
      path,
      begun: null,
      requestId,
    };
  }
  if (requiredParentId !== null && last?.id !== requiredParentId) {
    throw new AppError("invalid_request", "unknown parent", { details: { field: "parentId" } });
  }
  return asking(message, last?.id ?? null, path, requestId);
}

function asking(
  question: Question,
  parentId: string | null,
  before: Branch["path"],
  requestId: string,
): Turn {
  const { id, parts } = question;
  const asked = {
    id,
    parentId,
    role: "user",
    parts,
    status: "complete",
    generationId: null,
    model: null,
    metadata: {},
    isDeleted: false,
  } as const;
  return {
    kind: "send",
    messageId: createId(),
    parentId: id,
    question: { id, parentId, parts },
    path: [...before, asked],
    begun: null,
    requestId,
  };
}

/**
 * Asking again always replaces an answer: the one that is named, or the newest one that has ended
 * (`endedAnswerId`) to the question that is named.
 */
export function regenerateTurn(
  chatId: string,
  branch: Branch | null,
  asked: Extract<Asked, { kind: "regenerate" }>,
  endedAnswerId: string | null,
): Turn {
  const target = requireTarget(branch, asked.targetId);
  const path = target.role === "assistant" ? pathOf(branch).slice(0, -1) : pathOf(branch);
  const question = path.at(-1);
  if (question?.role !== "user") {
    throw new AppError("invalid_request", "nothing to answer", { details: { field: "messageId" } });
  }
  const replaced = target.role === "assistant" ? target.id : endedAnswerId;
  return {
    kind: "regenerate",
    messageId: createId(),
    parentId: question.id,
    question: null,
    path,
    begun: null,
    requestId: requestIdOf(chatId, asked, replaced),
  };
}

/** `written` is all there is of the message. Throws `invalid_request` for one that is no answer, or was not cut off. */
export function continueTurn(
  chatId: string,
  branch: Branch | null,
  messageId: string,
  written: readonly Part[],
): Turn {
  const target = requireTarget(branch, messageId);
  const isUnfinished =
    target.status === "stopped" || target.status === "interrupted" || target.status === "failed";
  const isCut = isUnfinished || (target.status === "complete" && target.metadata.finishReason === "length");
  if (target.role !== "assistant" || target.parentId === null || !isCut) {
    throw new AppError("invalid_request", "nothing to continue", { details: { field: "messageId" } });
  }
  const seams = target.metadata.seams ?? [];
  // Thoughts and calls that came to nothing lead to the same again; what can be read or seen is kept.
  const hasContent = textOf(written) !== "" || written.some(isFilePart);
  return {
    kind: "continue",
    messageId,
    parentId: target.parentId,
    question: null,
    path: pathOf(branch).slice(0, -1),
    begun: hasContent ? { chunks: reopened(written), isLogged: false, seams } : null,
    requestId: `${chatId}/${messageId}/continue/${target.generationId}`,
  };
}

function requireTarget(branch: Branch | null, messageId: string): Branch["path"][number] {
  const target = branch?.path.at(-1);
  if (target?.id !== messageId) throw new AppError("not_found", "no such message");
  return target;
}

function pathOf(branch: Branch | null): Branch["path"] {
  return branch?.path ?? [];
}
