import { z } from "zod";

const names = z.array(z.string().min(1).max(100)).max(50);

export const routingSorts = ["price", "throughput", "latency"] as const;

/** Which of the hosts behind OpenRouter may answer, and in which order they are tried. */
export const routingSchema = z.object({
  sort: z.enum(routingSorts).optional(),
  only: names.optional(),
  ignore: names.optional(),
  /** Only hosts that keep nothing of what they are told. */
  zeroDataRetention: z.boolean().optional(),
  /** Whether another host may answer where the first cannot. */
  allowFallbacks: z.boolean().optional(),
  /** What a host may take that answers, in US dollars: for a million tokens in and out, and for a request. */
  maxPrice: z
    .object({
      input: z.number().nonnegative().optional(),
      output: z.number().nonnegative().optional(),
      request: z.number().nonnegative().optional(),
    })
    .optional(),
  /** Models that answer in this order where the chosen one cannot. */
  fallbackModels: z.array(z.string().min(1).max(200)).max(5).optional(),
});

export const reasoningEfforts = ["none", "minimal", "low", "medium", "high", "xhigh"] as const;

/** What a chat may ask of a model beside the text. Names the app does not know are kept, not sent. */
export const modelSettingsSchema = z.looseObject({
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  maxOutputTokens: z.number().int().min(1).max(1_000_000).optional(),
  reasoningEffort: z.enum(reasoningEfforts).optional(),
  stop: z.array(z.string().min(1).max(200)).max(4).optional(),
  seed: z.number().int().optional(),
  routing: routingSchema.optional(),
});

export type ModelSettings = z.infer<typeof modelSettingsSchema>;
