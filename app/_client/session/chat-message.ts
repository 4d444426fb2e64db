import type { UIMessage } from "ai";
import { z } from "zod";
import { cutReasons, leftOutSchema, type Message, messageStatuses, seamSchema } from "@/lib/chats/message";
import { sourceList } from "@/lib/chats/source-list";
import { chatErrorSchema } from "@/lib/errors/chat-error";
import { t } from "@/lib/i18n/translator";
import { usageSchema } from "@/lib/models/usage";

/** What the page knows of a message beside its parts. All optional: it arrives little by little. */
const chatMessageMetadataSchema = z.object({
  status: z.enum(messageStatuses).optional(),
  error: chatErrorSchema.nullable().optional(),
  /** When the failure was learned of, in this browser; a countdown starts here. */
  failedAt: z.number().optional(),
  /** A question that the server has not confirmed yet. */
  delivery: z.enum(["sending", "failed"]).optional(),
  /** The answer may go on being written, but this page lost its connection to it. */
  isDetached: z.boolean().optional(),
  /** The provider is busy and is asked again then, in this browser's time. */
  waitsUntil: z.number().optional(),
  seams: z.array(seamSchema).optional(),
  /** What of the conversation the answer was written without. */
  leftOut: leftOutSchema.optional(),
  /** Why a whole answer ends before its end. */
  finishReason: z.enum(cutReasons).nullable().optional(),
  /** An answer in the person's own words. */
  edited: z.boolean().optional(),
  /** A question that was asked while the chat had gone on elsewhere. */
  isAside: z.boolean().optional(),
  generationId: z.string().nullable().optional(),
  model: z.string().nullable().optional(),
  usage: usageSchema.nullable().optional(),
  costMicros: z.number().nullable().optional(),
  parentId: z.string().nullable().optional(),
  createdAt: z.string().optional(),
});

export type ChatMessageMetadata = z.infer<typeof chatMessageMetadataSchema>;
export type ChatMessage = UIMessage<ChatMessageMetadata>;
export type ChatMessagePart = ChatMessage["parts"][number];

export function toChatMessage(message: Message): ChatMessage {
  return {
    id: message.id,
    role: message.role,
    // The server stores the SDK's own parts; kinds that this version does not know are drawn as nothing.
    parts: message.parts as ChatMessagePart[],
    metadata: {
      status: message.status,
      error: message.error,
      generationId: message.generationId,
      model: message.model,
      usage: message.usage,
      parentId: message.parentId,
      seams: message.metadata.seams,
      edited: message.metadata.edited,
      leftOut: message.metadata.leftOut,
      finishReason: message.metadata.finishReason,
      costMicros: message.metadata.costMicros,
      createdAt: message.createdAt,
    },
  };
}

/** The server's metadata in a stream's chunk; what does not parse says nothing. */
export function parseChunkMetadata(metadata: unknown): ChatMessageMetadata {
  const parsed = chatMessageMetadataSchema.omit({ status: true }).safeParse(metadata);
  return parsed.success ? parsed.data : {};
}

/** Whether a reader sees anything of it. */
export function isShown(part: ChatMessagePart): boolean {
  if (part.type === "text" || part.type === "reasoning") return part.text !== "";
  return isSource(part) || isOther(part);
}

export function isSource(part: ChatMessagePart): part is Extract<ChatMessagePart, { sourceId: string }> {
  return "sourceId" in part;
}

/** Shown where it stands, by what is fetched for it. */
export function isOther(part: ChatMessagePart): boolean {
  return "toolCallId" in part || part.type === "file" || part.type === "data-left-out";
}

/** A text that is long comes in pieces while it is written; so does a part say that it is not the first of them. */
export const continuation = { parley: { continues: true } };

export function isContinuation(part: ChatMessagePart): boolean {
  return part.type === "text" && part.providerMetadata?.parley?.continues === true;
}

/** The pieces of the text that begins with that part. */
export function textFrom(parts: readonly ChatMessagePart[], first: number): string[] {
  const next = parts.findIndex(
    (part, index) => index > first && part.type === "text" && !isContinuation(part),
  );
  return parts
    .slice(first, next === -1 ? undefined : next)
    .flatMap((part) => (part.type === "text" ? [part.text] : []));
}

export function textOfMessage(message: ChatMessage): string {
  return message.parts.map((part) => (part.type === "text" ? part.text : "")).join("");
}

/** The text with what it rests on, as Markdown, for other programs. */
export function markdownOfMessage(message: ChatMessage): string {
  const sources = sourceList(message.parts);
  return textOfMessage(message) + (sources && `\n\n${t("sources.label")}:\n\n${sources}\n`);
}
