import type { ScriptedModel } from "./scripted-model/start-scripted-model";

/** Answers where nobody chooses a model: instantly, unless the question says otherwise. */
export const defaultModel = "scripted/burst";
export const providerKey = "sk-or-scripted-0000000000000000";

/** The environment of a server that asks `model`. */
export function providerSettings(model: ScriptedModel): Record<string, string> {
  return { OPENROUTER_API_KEY: providerKey, OPENROUTER_BASE_URL: model.baseUrl, DEFAULT_MODEL: defaultModel };
}
