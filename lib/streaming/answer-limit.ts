import { AppError } from "@/lib/errors/app-error";
import type { ModelChunk } from "@/lib/models/provider";

// A hundred times the longest answer of any model, and what one process can hold of several at once.
const charactersMax = 16 * 1024 * 1024;
// Three times the images that an answer may keep.
const imageCharactersMax = 4 * charactersMax;
// About what the memory for a part comes to, however little it says.
const partCharacters = 1_024;

/**
 * Counts what a model sends towards one answer, which begins with `begun` characters. Throws a `provider_error` with
 * the reason `answer_too_long` at the chunk for which there is no room.
 */
export function createAnswerLimit(provider: string, begun: number) {
  let characters = begun;
  let imageCharacters = 0;
  let last: ModelChunk["type"] | null = null;

  return {
    take(chunk: ModelChunk): void {
      if (chunk.type === "image") imageCharacters += chunk.url.length;
      else characters += charactersOf(chunk);
      if (chunk.type !== last || !chunk.type.endsWith("-delta")) characters += partCharacters;
      last = chunk.type;
      if (characters <= charactersMax && imageCharacters <= imageCharactersMax) return;
      throw new AppError("provider_error", "the answer has no end", {
        provider,
        retryable: false,
        details: { reason: "answer_too_long", charactersMax },
      });
    },
  };
}

function charactersOf(chunk: Exclude<ModelChunk, { type: "image" }>): number {
  switch (chunk.type) {
    case "text-delta":
    case "reasoning-delta":
    case "tool-input-delta":
      return chunk.text.length;
    case "tool-input-start":
      return chunk.toolCallId.length + chunk.toolName.length;
    case "source":
      return chunk.url.length + (chunk.title?.length ?? 0);
    case "upstream-id":
    case "finish":
      return 0;
    default:
      return chunk satisfies never;
  }
}
