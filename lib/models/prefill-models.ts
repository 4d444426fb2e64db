/**
 * Models that go on writing where a trailing assistant message stops. OpenRouter documents the
 * feature without a list; this one comes from the providers' own pages. Anthropic refuses it from
 * Claude 4.6 on, OpenAI's models take it for history. A model that is wrongly listed costs one refused
 * request, one that is missing is asked to continue in words.
 */
const prefillModels: readonly RegExp[] = [
  /^anthropic\/claude-(instant|2|3)/,
  /^anthropic\/claude-(opus|sonnet|haiku)-4(\.[0-5])?(:|$)/,
  /^deepseek\//,
  /^meta-llama\//,
  /^mistralai\//,
  /^nousresearch\//,
  /^qwen\//,
  /^scripted\//,
];

export function takesPrefill(model: string): boolean {
  return prefillModels.some((pattern) => pattern.test(model));
}
