import { createHash } from "node:crypto";
import type { SendBody, SentMessage } from "@/lib/api/generations";
import { isStorable } from "@/lib/api/storable-text";
import type { BranchEnd } from "@/lib/chats/chat-store";
import { createId } from "@/lib/chats/id";
import type { Part } from "@/lib/chats/part";
import { questionLengthMax } from "@/lib/chats/question-length";
import { AppError } from "@/lib/errors/app-error";

/** What a POST asks for, whichever of the two body shapes it came in. */
export type Asked =
  | {
      kind: "submit";
      message: Question;
      /** Where the message goes: after the first of these that there is. */
      after: readonly BranchEnd[];
      /** The parent that the request insists on. */
      requiredParentId: string | null;
      isEdit: boolean;
    }
  | { kind: "regenerate"; targetId: string };

export interface Question {
  id: string;
  parts: Part[];
  text: string;
}

/** Throws `invalid_request`, or `unsupported` for parts that are not text. */
export function readQuestion(body: SendBody): Asked {
  const sent = body.message ?? body.messages?.at(-1);
  if (body.trigger === "regenerate-message") {
    const targetId = body.messageId ?? sent?.id;
    if (!targetId) throw invalid("messageId", "names the answer to write again");
    return { kind: "regenerate", targetId };
  }
  if (!sent) throw invalid("message", "is required");
  const message = readMessage(sent);
  return {
    kind: "submit",
    message,
    after: endsOf(body),
    requiredParentId: body.parentId ?? null,
    isEdit: body.messageId === message.id,
  };
}

/**
 * The key under which a request that brings none of its own is recognised when it comes again:
 * message id + trigger, within its chat. An edit keeps the id of the message it replaces, so its text counts too.
 */
export function requestIdOf(chatId: string, asked: Asked, targetAnswerId: string | null): string {
  if (asked.kind === "regenerate") return `${chatId}/${targetAnswerId ?? asked.targetId}/regenerate-message`;
  const { id, text } = asked.message;
  if (!asked.isEdit) return `${chatId}/${id}/submit-message`;
  return `${chatId}/${id}/edit/${createHash("sha256").update(text).digest("base64url").slice(0, 22)}`;
}

function readMessage(sent: SentMessage): Question {
  if (sent.role !== "user") throw invalid("message.role", "is not user");
  const texts = sent.parts.map((part) => {
    if (part.type !== "text")
      throw new AppError("unsupported", `part ${part.type}`, { details: { part: part.type } });
    if (typeof part.text !== "string") throw invalid("message.parts", "text is missing");
    return part.text;
  });
  const text = texts.join("");
  if (text.trim() === "") throw invalid("message.parts", "there is nothing to send");
  if (text.length > questionLengthMax) {
    throw new AppError("too_large", "question too long", { details: { charactersMax: questionLengthMax } });
  }
  if (!isStorable(text)) throw invalid("message.parts", "the text holds a NUL or half a character");
  return { id: sent.id ?? createId(), parts: texts.map((part) => ({ type: "text", text: part })), text };
}

/**
 * Where the message goes: after `parentId` (`null` begins a new branch at the root); in the stock
 * body after the message that the person saw before it; else where the chat was left.
 */
function endsOf({ parentId, messages }: SendBody): BranchEnd[] {
  if (parentId === null) return [];
  if (parentId !== undefined) return [{ messageId: parentId }];
  const seen = messages?.at(-2)?.id;
  return seen === undefined ? ["leaf"] : [{ messageId: seen }, "leaf"];
}

function invalid(field: string, reason: string): AppError {
  return new AppError("invalid_request", `${field} ${reason}`, { details: { field, reason } });
}
