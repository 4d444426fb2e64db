import { z } from "zod";
import { modelPreferencesSchema } from "@/lib/models/model-preferences";
import { statedPricesSchema } from "@/lib/models/stated-price";
import { contextSettingsSchema } from "@/lib/prompts/context-settings";
import { promptSettingsSchema } from "@/lib/prompts/prompt-settings";
import { budgetSchema } from "@/lib/usage/budget";
import { keyAccessSchema } from "@/lib/vault/key-access";

/** What a person has chosen for all of their chats and devices. */
export const personSettingsSchema = z.object({
  models: modelPreferencesSchema.prefault({}),
  prompt: promptSettingsSchema.prefault({}),
  context: contextSettingsSchema.prefault({}),
  /** The person's own limit, whoever's key pays. */
  budget: budgetSchema.prefault({}),
});

/** What the administrator has chosen for everybody. */
export const installationSettingsSchema = z.object({
  keys: keyAccessSchema.prefault({}),
  prompt: promptSettingsSchema.prefault({}),
  /** What one person may spend with the installation's keys. */
  budget: budgetSchema.prefault({}),
  /** What all guests together may; `null` for ten times that of one person. */
  guestsBudget: budgetSchema.nullable().default(null),
  /** What OpenAI's models cost, or those of the server at `OPENAI_BASE_URL`: it does not say. */
  prices: statedPricesSchema.default([]),
});

export const personSettingsChangeSchema = z.strictObject({
  models: modelPreferencesSchema.optional(),
  prompt: promptSettingsSchema.optional(),
  context: contextSettingsSchema.optional(),
  budget: budgetSchema.optional(),
});

export const installationSettingsChangeSchema = z.strictObject({
  keys: keyAccessSchema.optional(),
  prompt: promptSettingsSchema.optional(),
  budget: budgetSchema.optional(),
  guestsBudget: budgetSchema.nullable().optional(),
  prices: statedPricesSchema.optional(),
});

export type PersonSettings = z.infer<typeof personSettingsSchema>;
export type InstallationSettings = z.infer<typeof installationSettingsSchema>;
