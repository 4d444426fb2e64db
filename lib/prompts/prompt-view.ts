import { z } from "zod";
import type { ComposedMessage } from "./compose-messages";
import { answerTokens, messageTokens, type Prompt } from "./composer";
import { type LoreReport, loreReportSchema } from "./lore-report";
import { promptSections } from "./prompt-settings";
import type { Sections } from "./sections";
import type { TokenCount, TokenCounter } from "./token-counter";

const tokens = z.number().int().nonnegative();

/** One piece of a prompt: a section, a summary, or a message of the chat. */
export const promptPieceSchema = z.object({
  kind: z.enum([...promptSections, "post", "summary", "message", "note", "lore"]),
  role: z.enum(["system", "user", "assistant"]),
  /** Whose text it is, where it is a section. */
  source: z.enum(["installation", "person", "character", "profile"]).nullable(),
  /** Which message of the chat it is; for a summary the last one that it stands for. */
  messageId: z.string().nullable(),
  text: z.string(),
  tokens,
  /** Whether the model's own tokenizer would say something else. */
  isEstimate: z.boolean(),
  /** The provider is told to keep the prompt up to here. */
  isCached: z.boolean(),
});

/** Whether a prompt that is put together again is what was sent, or why it is not. */
export const promptStates = ["exact", "rebuilt", "changed", "continued", "taken-over", "unknown"] as const;

export type PromptPiece = z.infer<typeof promptPieceSchema>;

export const promptViewSchema = z.object({
  model: z.string(),
  pieces: z.array(promptPieceSchema),
  separator: z.string(),
  /** What the conversation has besides, and the model has no room for. */
  leftOut: z.object({ messages: z.number().int().positive(), firstMessageId: z.string() }).nullable(),
  promptTokens: tokens,
  isEstimate: z.boolean(),
  /** `null` where the provider does not say. */
  contextLength: tokens.nullable(),
  answerReserveTokens: tokens,
  /** Whether it would be sent: the newest question has room. */
  fits: z.boolean(),
  /** What became of the character's lorebook; `null` without one, and for what was sent before. */
  lore: loreReportSchema.nullable(),
  /** The body of the request, to the byte; `null` for a model that is asked without one, or cannot be asked or paid now. */
  request: z.string().nullable(),
});

export type PromptView = z.infer<typeof promptViewSchema>;

export interface Viewed {
  model: string;
  messages: readonly ComposedMessage[];
  sections: Sections;
  summaryThroughMessageId: string | null;
  leftOut: Prompt["leftOut"];
  limits: Prompt["limits"];
  fits: boolean;
  lore: LoreReport | null;
  request: string | null;
}

/** A prompt piece by piece, each with its tokens. What the pieces are joined by counts to the whole. */
export async function viewPrompt(viewed: Viewed, counter: TokenCounter): Promise<PromptView> {
  const { model, messages, sections, leftOut, limits, fits, lore, request } = viewed;
  const pieces = messages.flatMap((message) => piecesOf(message, viewed));
  const joints = Math.max(0, sections.before.length - 1) + Math.max(0, sections.after.length - 1);
  const [separator, ...counts] = await counter.count(model, [
    { text: sections.separator },
    ...pieces.map(({ text, kind }) => ({ text, isKept: kind === "message" })),
  ]);
  const overhead = messages.length * messageTokens + answerTokens + joints * (separator?.tokens ?? 0);
  return {
    model,
    pieces: pieces.map((piece, index) => ({ ...piece, ...(counts[index] ?? uncounted) })),
    separator: sections.separator,
    leftOut,
    promptTokens: counts.reduce((sum, count) => sum + count.tokens, overhead),
    isEstimate: counts.some((count) => count.isEstimate),
    ...limits,
    fits,
    lore,
    request,
  };
}

const uncounted: TokenCount = { tokens: 0, isEstimate: true };

type Uncounted = Omit<PromptPiece, keyof TokenCount>;

function piecesOf(message: ComposedMessage, { sections, summaryThroughMessageId }: Viewed): Uncounted[] {
  const { role, text, messageId, part } = message;
  const isCached = message.isCached ?? false;
  switch (part) {
    case "sections":
    case "post": {
      const told = part === "post" ? sections.after : sections.before;
      return told.map((section, index) => ({
        ...section,
        role,
        messageId: null,
        isCached: isCached && index === told.length - 1,
      }));
    }
    case "summary":
      return [{ kind: "summary", role, source: null, messageId: summaryThroughMessageId, text, isCached }];
    case "lore":
      return [{ kind: "lore", role, source: "character", messageId: null, text, isCached }];
    case "history":
    case "note":
      return [{ kind: part === "note" ? "note" : "message", role, source: null, messageId, text, isCached }];
    default:
      return part satisfies never;
  }
}
