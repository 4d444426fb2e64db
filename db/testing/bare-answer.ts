import { createId } from "@/lib/chats/id";
import { packBatch } from "@/lib/streaming/batch";
import type { Ending } from "@/lib/streaming/generation";
import type { NewGeneration } from "@/lib/streaming/generation-store";
import type { Bill } from "@/lib/usage/bill";

/** A question as the store is given it, in a chat of its own. */
export function asking(more: Partial<NewGeneration> = {}): NewGeneration {
  const questionId = createId();
  return {
    id: createId(),
    userId: "ada",
    chatId: createId(),
    requestId: createId(),
    kind: "send",
    model: "scripted/model",
    settings: {},
    route: { provider: "scripted", payer: "person", credentialId: null },
    prompt: null,
    metadata: {},
    holdMicros: 0,
    owner: "this process",
    messageId: createId(),
    parentId: questionId,
    question: { id: questionId, parentId: null, parts: [{ type: "text", text: "Hello" }] },
    chat: { title: "Hello", model: null, settings: {}, deletions: 0 },
    ...more,
  };
}

/** As its first writer ends it, without a word. */
export function endingAt(costMicros: number): Ending {
  const bill = billOf(costMicros);
  return { status: "completed", cutReason: null, usage: null, costMicros, bill, error: null, seams: [] };
}

export function billOf(costMicros: number): Bill {
  return {
    provider: "scripted",
    upstreamId: null,
    usage: null,
    costMicros,
    source: "reported",
    isAskable: false,
  };
}

export const lastBatch = packBatch([{ seq: 1, chunk: { type: "finish" } }]);
