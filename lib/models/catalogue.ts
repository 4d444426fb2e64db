import { z } from "zod";
import { chatErrorTypes } from "@/lib/errors/chat-error";

const price = z.number().nonnegative().nullable();

/**
 * One model as the picker and the API show it; `null` is what its provider does not say. Prices are US dollars
 * per million tokens, those of a request and of a picture per piece.
 */
export const catalogueModelSchema = z.object({
  id: z.string(),
  name: z.string(),
  provider: z.string(),
  description: z.string().nullable(),
  contextLength: z.number().int().positive().nullable(),
  maxOutputTokens: z.number().int().positive().nullable(),
  inputModalities: z.array(z.string()),
  outputModalities: z.array(z.string()),
  inputPrice: price,
  outputPrice: price,
  /** Of input that the provider still has from the question before. */
  cachedInputPrice: price,
  cacheWritePrice: price,
  reasoningPrice: price,
  requestPrice: price,
  imagePrice: price,
  /** In OpenRouter's words, such as `temperature` and `tools`; empty where nothing is known. */
  parameters: z.array(z.string()),
  /** How hard it can be asked to think; empty where nothing is known. */
  reasoningEfforts: z.array(z.string()),
  createdAt: z.iso.datetime().nullable(),
  /** The day it goes away, where that is announced. */
  expiresAt: z.iso.date().nullable(),
});

export type CatalogueModel = z.infer<typeof catalogueModelSchema>;

export const availabilitySchema = z.discriminatedUnion("status", [
  z.object({ status: z.literal("available") }),
  z.object({ status: z.literal("unavailable"), reason: z.enum(["key_missing", "not_listed"]) }),
]);

export const listedModelSchema = catalogueModelSchema.extend({
  isDefault: z.boolean(),
  isFavourite: z.boolean(),
  /** 0 for the one chosen last; `null` for those that were not chosen lately. */
  recentRank: z.number().int().nonnegative().nullable(),
  availability: availabilitySchema,
});

export type ListedModel = z.infer<typeof listedModelSchema>;

export const listedProviderSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** When its list was read; `null` before that. */
  readAt: z.iso.datetime().nullable(),
  /** Why its list could not be read the last time; the former one goes on serving. */
  failure: z.enum(chatErrorTypes).nullable(),
});

export const catalogueSchema = z.object({
  items: z.array(listedModelSchema),
  /** What answers the person where neither question nor chat names a model. */
  defaultModel: z.string(),
  /** The same for people who have not chosen one. */
  installationDefault: z.string(),
  providers: z.array(listedProviderSchema),
});

export type Catalogue = z.infer<typeof catalogueSchema>;

/** A model of which only this is known. */
export function plainModel(
  known: Pick<CatalogueModel, "id" | "provider"> & Partial<CatalogueModel>,
): CatalogueModel {
  return {
    name: known.id,
    description: null,
    contextLength: null,
    maxOutputTokens: null,
    inputModalities: ["text"],
    outputModalities: ["text"],
    inputPrice: null,
    outputPrice: null,
    cachedInputPrice: null,
    cacheWritePrice: null,
    reasoningPrice: null,
    requestPrice: null,
    imagePrice: null,
    parameters: [],
    reasoningEfforts: [],
    createdAt: null,
    expiresAt: null,
    ...known,
  };
}
