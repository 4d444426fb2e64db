import { z } from "zod";
import { parseJson } from "./parse-json";

const count = z.number().int().nonnegative().nullish().catch(null);

/**
 * One event of a streamed chat completion, in the words of OpenRouter, OpenAI, vLLM and
 * Ollama together. Only what we read is described; what a server adds is let through.
 */
const chatFrameSchema = z.object({
  id: z.string().nullish().catch(null),
  choices: z
    .array(
      z.object({
        delta: z
          .object({
            content: z.string().nullish(),
            refusal: z.string().nullish().catch(null),
            reasoning: z.string().nullish().catch(null),
            reasoning_content: z.string().nullish().catch(null),
            reasoning_details: z
              .array(
                z.object({
                  text: z.string().nullish().catch(null),
                  summary: z.string().nullish().catch(null),
                }),
              )
              .nullish()
              .catch(null),
            tool_calls: z.array(z.unknown()).nullish().catch(null),
          })
          .nullish(),
        finish_reason: z.string().nullish().catch(null),
      }),
    )
    .nullish(),
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count,
      prompt_tokens_details: z.object({ cached_tokens: count }).nullish().catch(null),
      completion_tokens_details: z.object({ reasoning_tokens: count }).nullish().catch(null),
      cost: z.union([z.number(), z.string()]).nullish().catch(null),
    })
    .nullish()
    .catch(null),
  error: z.unknown().optional(),
});

export type ChatFrame = z.infer<typeof chatFrameSchema>;

/** `null` for what is no frame at all, such as cut or garbled JSON. */
export function parseChatFrame(data: string): ChatFrame | null {
  return chatFrameOf(parseJson(data));
}

export function chatFrameOf(value: unknown): ChatFrame | null {
  const parsed = chatFrameSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}
