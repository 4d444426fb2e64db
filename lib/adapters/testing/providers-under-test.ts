import type { Deadlines } from "@/lib/adapters/chat-completions/deadlines";
import { createOpenAICompatibleProvider } from "@/lib/adapters/openai-compatible";
import { createOpenRouterProvider } from "@/lib/adapters/openrouter";
import type { ModelChunk, ModelProvider, ModelRequest } from "@/lib/models/provider";

export const apiKey = "sk-test-0000secret0000";

interface Options {
  baseUrl: string;
  deadlines?: Partial<Deadlines>;
}

/** Everything that speaks chat completions keeps the same contract. */
export const providersUnderTest: readonly { name: string; create: (options: Options) => ModelProvider }[] = [
  {
    name: "openrouter",
    create: (options) => createOpenRouterProvider({ ...options, apiKey, appUrl: "https://parley.example" }),
  },
  {
    name: "openai",
    create: (options) => createOpenAICompatibleProvider({ ...options, apiKey, id: "openai" }),
  },
];

export function asking(text: string, changes: Partial<ModelRequest> = {}): ModelRequest {
  return {
    model: "scripted/burst",
    messages: [{ role: "user", text }],
    settings: {},
    chatId: "chat-1",
    ...changes,
  };
}

export interface Heard {
  chunks: ModelChunk[];
  text: string;
  reasoning: string;
  ids: string[];
  finish: Extract<ModelChunk, { type: "finish" }> | null;
  /** What the iteration threw; `null` when it came to its end. */
  error: unknown;
}

/** Reads an answer to its end, whichever that is. */
export async function hear(chunks: AsyncIterable<ModelChunk>): Promise<Heard> {
  const heard: Heard = { chunks: [], text: "", reasoning: "", ids: [], finish: null, error: null };
  try {
    for await (const chunk of chunks) {
      heard.chunks.push(chunk);
      if (chunk.type === "text-delta") heard.text += chunk.text;
      else if (chunk.type === "reasoning-delta") heard.reasoning += chunk.text;
      else if (chunk.type === "upstream-id") heard.ids.push(chunk.id);
      else if (chunk.type === "finish") heard.finish = chunk;
    }
  } catch (error) {
    heard.error = error;
  }
  return heard;
}

export function neverAborted(): AbortSignal {
  return new AbortController().signal;
}
