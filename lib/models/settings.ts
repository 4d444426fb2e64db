import { z } from "zod";

/** What a chat may ask of a model beside the text. Names the app does not know are kept, not sent. */
export const modelSettingsSchema = z.looseObject({
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  maxOutputTokens: z.number().int().min(1).max(1_000_000).optional(),
  reasoningEffort: z.enum(["none", "minimal", "low", "medium", "high", "xhigh"]).optional(),
  stop: z.array(z.string().min(1).max(200)).max(4).optional(),
  seed: z.number().int().optional(),
});

export type ModelSettings = z.infer<typeof modelSettingsSchema>;
