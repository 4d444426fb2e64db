import { z } from "zod";

const pricePerMillionSchema = z.number().nonnegative().nullable();

/** One model as the picker and the API show it. Prices are US dollars per million tokens. */
export const catalogueModelSchema = z.object({
  id: z.string(),
  name: z.string(),
  provider: z.string(),
  description: z.string().nullable(),
  contextLength: z.number().int().positive().nullable(),
  maxOutputTokens: z.number().int().positive().nullable(),
  inputModalities: z.array(z.string()),
  outputModalities: z.array(z.string()),
  inputPrice: pricePerMillionSchema,
  outputPrice: pricePerMillionSchema,
  parameters: z.array(z.string()),
});

export type CatalogueModel = z.infer<typeof catalogueModelSchema>;

export const listedModelSchema = catalogueModelSchema.extend({
  isDefault: z.boolean(),
  availability: z.discriminatedUnion("status", [
    z.object({ status: z.literal("available") }),
    z.object({ status: z.literal("unavailable"), reason: z.enum(["key_missing", "not_listed"]) }),
  ]),
});

export type ListedModel = z.infer<typeof listedModelSchema>;
