import { z } from "zod";

const modelId = z.string().min(1).max(200);

export const favouritesMax = 200;
export const recentMax = 10;

/** Which models a person has at hand. */
export const modelPreferencesSchema = z.object({
  /** What answers in a new chat; `null` for the installation's own default. */
  defaultModel: modelId.nullable().default(null),
  favourites: z.array(modelId).max(favouritesMax).default([]),
  /** The latest used first. */
  recent: z.array(modelId).max(recentMax).default([]),
});

export type ModelPreferences = z.infer<typeof modelPreferencesSchema>;

/** One change among others that come at the same time: what it does not name stays as it is. */
export const modelPreferencesChangeSchema = z
  .strictObject({
    defaultModel: modelId.nullable(),
    /** Of more than 200 the oldest goes. */
    addFavourite: modelId,
    removeFavourite: modelId,
    /** Becomes the latest used. */
    chosen: modelId,
  })
  .partial();

export type ModelPreferencesChange = z.infer<typeof modelPreferencesChangeSchema>;
