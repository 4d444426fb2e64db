import { hash } from "node:crypto";
import { estimateTokens } from "./estimate-tokens";

export const encodings = ["o200k_base", "cl100k_base"] as const;

export type Encoding = (typeof encodings)[number];

/** Counts the tokens of a short text; of text that looks like a special token it makes ordinary ones. */
export type CountTokens = (text: string) => number;

export interface TokenCount {
  tokens: number;
  /** Whether the model's own tokenizer would say something else. */
  isEstimate: boolean;
}

export interface CountedText {
  text: string;
  /** It will be counted again, as a message is: the count is remembered. */
  isKept?: boolean;
}

export interface TokenCounter {
  /** Never throws: where a tokenizer cannot be had, it is an estimate. Leaves the process free for others meanwhile. */
  count(model: string, texts: readonly CountedText[]): Promise<TokenCount[]>;
}

// Some ten milliseconds of a tokenizer's work at worst, whatever the text is.
const pieceLengthMax = 4_096;
const sliceMs = 15;
const rememberedMax = 50_000;

/** `load` gives a tokenizer, which takes its time the first time. `rest` lets others have their turn. */
export function createTokenCounter({
  load,
  rest = () => new Promise((resolve) => setImmediate(resolve)),
  now = () => performance.now(),
}: {
  load: (encoding: Encoding) => Promise<CountTokens>;
  rest?: () => Promise<unknown>;
  now?: () => number;
}): TokenCounter {
  const remembered = new Map<string, TokenCount>();

  async function countText(
    text: string,
    countTokens: CountTokens,
    since: { at: number },
  ): Promise<TokenCount> {
    let tokens = 0;
    let isEstimate = false;
    for (const { piece, isClean } of piecesOf(text)) {
      if (now() - since.at > sliceMs) {
        await rest();
        since.at = now();
      }
      tokens += countTokens(piece);
      isEstimate ||= !isClean;
    }
    return { tokens, isEstimate };
  }

  return {
    async count(model, texts) {
      const encoding = encodingOf(model);
      const countTokens = encoding && (await load(encoding).catch(() => null));
      const since = { at: now() };
      const counts: TokenCount[] = [];
      for (const { text, isKept = false } of texts) {
        // By what it says: ids are the clients' to choose, and another's text may have the same.
        const name = isKept ? `${countTokens ? encoding : ""} ${hash("sha1", text, "base64url")}` : null;
        const known = name === null ? undefined : remembered.get(name);
        const count =
          known ??
          (countTokens
            ? await countText(text, countTokens, since)
            : { tokens: estimateTokens(text), isEstimate: true });
        counts.push(count);
        if (name === null || known) continue;
        remembered.set(name, count);
        const oldest = remembered.keys().next();
        if (remembered.size > rememberedMax && !oldest.done) remembered.delete(oldest.value);
      }
      return counts;
    },
  };
}

/** OpenAI's models, under OpenRouter's ids and their own; what others make of a text is not known here. */
export function encodingOf(model: string): Encoding | null {
  const name = model.startsWith("openai/") ? model.slice("openai/".length) : model;
  if (/^(gpt-4o|gpt-4\.\d|gpt-[5-9]|gpt-oss|chatgpt-4o|codex|o[1-9](-|:|$))/.test(name)) return "o200k_base";
  return /^gpt-(4|3\.5)(-|:|$)/.test(name) ? "cl100k_base" : null;
}

/**
 * Cuts where tokens end too: before a blank that follows a letter or a digit. A text that has none for so long is cut
 * in the middle of a token.
 */
function* piecesOf(text: string): Generator<{ piece: string; isClean: boolean }> {
  let from = 0;
  while (text.length - from > pieceLengthMax) {
    let to = from + pieceLengthMax;
    while (to > from && !(text[to] === " " && letterOrDigit.test(text[to - 1] ?? ""))) to--;
    const isClean = to > from;
    if (!isClean) {
      const isInCharacter = (text.charCodeAt(from + pieceLengthMax) & 0xfc00) === 0xdc00;
      to = from + pieceLengthMax - (isInCharacter ? 1 : 0);
    }
    yield { piece: text.slice(from, to), isClean };
    from = to;
  }
  if (from < text.length) yield { piece: text.slice(from), isClean: true };
}

const letterOrDigit = /[\p{L}\p{N}]/u;
