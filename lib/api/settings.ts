import { modelPreferencesChangeSchema, modelPreferencesSchema } from "@/lib/models/model-preferences";
import {
  installationSettingsChangeSchema,
  installationSettingsSchema,
  personSettingsChangeSchema,
  personSettingsSchema,
} from "@/lib/settings/settings";
import { nothing } from "./nothing";
import { operation } from "./operation";

function isChange(change: object): boolean {
  return Object.keys(change).length > 0;
}

export const getSettings = operation({
  method: "GET",
  path: "/api/settings",
  summary: "What the person has set: models, prompt, context, budget.",
  params: nothing,
  query: nothing,
  body: nothing,
  answer: personSettingsSchema,
});

export const changeSettings = operation({
  method: "PATCH",
  path: "/api/settings",
  summary:
    "Replaces the capabilities that are named, each as a whole; what is left out of one has its default.",
  params: nothing,
  query: nothing,
  body: personSettingsChangeSchema.refine(isChange, "nothing to change"),
  answer: personSettingsSchema,
});

export const changeModels = operation({
  method: "PATCH",
  path: "/api/settings/models",
  summary:
    "Changes one thing of what the person has at hand of models: of several that are changed at once, on several devices, all are kept.",
  params: nothing,
  query: nothing,
  body: modelPreferencesChangeSchema.refine(isChange, "nothing to change"),
  answer: modelPreferencesSchema,
});

export const getInstallation = operation({
  method: "GET",
  path: "/api/installation",
  summary: "What the administrator has set for everybody: keys, prompt, budget. For the administrator only.",
  params: nothing,
  query: nothing,
  body: nothing,
  answer: installationSettingsSchema,
});

export const changeInstallation = operation({
  method: "PATCH",
  path: "/api/installation",
  summary: "Replaces the capabilities that are named, each as a whole. For the administrator only.",
  params: nothing,
  query: nothing,
  body: installationSettingsChangeSchema.refine(isChange, "nothing to change"),
  answer: installationSettingsSchema,
});
