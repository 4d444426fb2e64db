import { z } from "zod";
import { reportedTokensSchema } from "@/lib/models/usage";
import { parseJson } from "./parse-json";

/** The first piece of a call has its id and its name; the others are told by `index`. */
const toolCallSchema = z.object({
  index: z.number().nullish().catch(null),
  id: z.string().nullish().catch(null),
  function: z.object({
    name: z.string().nullish().catch(null),
    // Some servers send the whole input at once, as what it is.
    arguments: z
      .union([z.string(), z.record(z.string(), z.unknown()).transform((input) => JSON.stringify(input))])
      .nullish()
      .catch(null),
  }),
});

/** OpenRouter's web search, and OpenAI's. */
const citationSchema = z.object({
  type: z.literal("url_citation"),
  url_citation: z.object({ url: z.string(), title: z.string().nullish().catch(null) }),
});

const imageSchema = z.object({ image_url: z.object({ url: z.string() }) });

export type ToolCallPiece = z.infer<typeof toolCallSchema>;

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
            tool_calls: z.array(toolCallSchema.nullable().catch(null)).nullish().catch(null),
            annotations: z.array(citationSchema.nullable().catch(null)).nullish().catch(null),
            images: z.array(imageSchema.nullable().catch(null)).nullish().catch(null),
          })
          .nullish(),
        finish_reason: z.string().nullish().catch(null),
      }),
    )
    .nullish(),
  usage: z
    .object({
      prompt_tokens: reportedTokensSchema,
      completion_tokens: reportedTokensSchema,
      prompt_tokens_details: z.object({ cached_tokens: reportedTokensSchema }).nullish().catch(null),
      completion_tokens_details: z.object({ reasoning_tokens: reportedTokensSchema }).nullish().catch(null),
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
