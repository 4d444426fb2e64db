import type { ChatStore } from "@/lib/chats/chat-store";
import { isFilePart } from "@/lib/chats/file-part";
import type { Seam } from "@/lib/chats/message";
import { textOf } from "@/lib/chats/part";
import { type Answer, createAnswer } from "./answer";
import { type Chunk, isTerminal } from "./chunk";
import type { Abandoned } from "./generation";
import { reopened } from "./stored-chunks";

/** What the former writers have left of an answer. */
export interface Left {
  logged: readonly Chunk[];
  /** What stood in the message before it was gone on with, where that is in no log. */
  unlogged: readonly Chunk[];
  seams: readonly Seam[];
  answer: Answer;
}

export async function leftOf(
  chats: Pick<ChatStore, "message">,
  generation: Abandoned,
  logged: readonly Chunk[],
): Promise<Left> {
  const answer = createAnswer();
  for (const chunk of logged) answer.apply(chunk);
  const left = { logged, unlogged: [], seams: seamsOf(logged), answer };
  if (answer.textLength() > 0 || answer.parts().some(isFilePart)) return left;
  // Whoever went on with it may have died, or the log been lost, before that held what was there already.
  const message = await chats.message(generation.chatId, generation.messageId);
  const before = message?.parts ?? [];
  if (textOf(before) === "" && !before.some(isFilePart)) return left;
  const unlogged = reopened(before);
  for (const chunk of unlogged) answer.apply(chunk);
  return { logged, unlogged, seams: message?.metadata.seams ?? [], answer };
}

function seamsOf(written: readonly Chunk[]): readonly Seam[] {
  const told = written.findLast((chunk) => chunk.type === "message-metadata");
  return told?.type === "message-metadata" ? (told.messageMetadata.seams ?? []) : [];
}

/** What closes the parts and the step that a writer left open. */
export function closingsOf(written: readonly Chunk[]): Chunk[] {
  const open = new Map<string, Chunk>();
  let hasOpenStep = false;
  for (const chunk of written) {
    if (chunk.type === "start-step") hasOpenStep = true;
    if (chunk.type === "finish-step" || isTerminal(chunk)) hasOpenStep = false;
    if (chunk.type === "text-start") open.set(`text ${chunk.id}`, { type: "text-end", id: chunk.id });
    if (chunk.type === "reasoning-start")
      open.set(`reasoning ${chunk.id}`, { type: "reasoning-end", id: chunk.id });
    if (chunk.type === "text-end") open.delete(`text ${chunk.id}`);
    if (chunk.type === "reasoning-end") open.delete(`reasoning ${chunk.id}`);
  }
  return [...open.values(), ...(hasOpenStep ? [{ type: "finish-step" } as const] : [])];
}
