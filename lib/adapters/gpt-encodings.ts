import type { CountTokens, Encoding } from "@/lib/prompts/token-counter";

interface Tokenizer {
  countTokens(text: string, options: { disallowedSpecial: Set<string> }): number;
}

// A tokenizer is some tens of megabytes and a tenth of a second: each is loaded when it is first needed.
const modules: Record<Encoding, () => Promise<Tokenizer>> = {
  o200k_base: () => import("gpt-tokenizer/encoding/o200k_base"),
  cl100k_base: () => import("gpt-tokenizer/encoding/cl100k_base"),
};

const loaded = new Map<Encoding, Promise<CountTokens>>();

/** OpenAI's tokenizers, exact for its models. What looks like one of their special tokens is text. */
export function loadGptEncoding(encoding: Encoding): Promise<CountTokens> {
  const known = loaded.get(encoding);
  if (known) return known;
  const options = { disallowedSpecial: new Set<string>() };
  const loading = modules[encoding]().then(
    ({ countTokens }): CountTokens =>
      (text) =>
        countTokens(text, options),
  );
  loaded.set(encoding, loading);
  loading.catch(() => loaded.delete(encoding));
  return loading;
}
