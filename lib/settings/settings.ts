import { z } from "zod";
import { modelPreferencesSchema } from "@/lib/models/model-preferences";
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
});

export type PersonSettings = z.infer<typeof personSettingsSchema>;
export type InstallationSettings = z.infer<typeof installationSettingsSchema>;
