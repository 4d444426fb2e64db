import { z } from "zod";

const modelId = z.string().min(1).max(200);

/** Which models a person has at hand. */
export const modelPreferencesSchema = z.object({
  /** What answers in a new chat; `null` for the installation's own default. */
  defaultModel: modelId.nullable().default(null),
  favourites: z.array(modelId).max(200).default([]),
  /** The latest used first. */
  recent: z.array(modelId).max(10).default([]),
});

export type ModelPreferences = z.infer<typeof modelPreferencesSchema>;
