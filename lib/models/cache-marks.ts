/**
 * Whether a model's provider caches only what it is told to: Anthropic's does, and takes up to four marks in the text
 * (`cache_control`). The others find a prompt's unchanged beginning themselves.
 */
export function wantsCacheMarks(model: string): boolean {
  return model.startsWith("anthropic/");
}
