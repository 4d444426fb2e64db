import type { ModelRequest } from "@/lib/models/provider";

export interface Deadlines {
  firstChunkMs: number;
  /** A model that thinks unseen is silent for longer. */
  firstChunkOfReasoningMs: number;
  betweenChunksMs: number;
  /** For everything that is no answer: the catalogue, the check of a key. */
  requestMs: number;
  /** For an answer that comes at once, reasoning included. */
  wholeMs: number;
}

export const defaultDeadlines: Deadlines = {
  firstChunkMs: 60_000,
  firstChunkOfReasoningMs: 180_000,
  betweenChunksMs: 60_000,
  requestMs: 10_000,
  wholeMs: 60_000,
};

/** Whether an answer may begin late: asked for by its settings, else told by the model's name. */
export function isReasoning({ model, settings }: ModelRequest): boolean {
  if (settings.reasoningEffort !== undefined) return settings.reasoningEffort !== "none";
  return reasoningName.test(model);
}

/** OpenAI's o-series and GPT-5 on, DeepSeek R, QwQ, Magistral, and whatever says it in its name. */
const reasoningName = /(?:^|\/)(?:o\d|gpt-(?:[5-9]|oss)|qwq|magistral)|[-/]r\d|think|reason/i;
