import type { CatalogueModel } from "./catalogue";
import type { ModelSettings } from "./settings";

export type Parameter = "temperature" | "topP" | "maxOutputTokens" | "reasoningEffort" | "stop" | "seed";

/** In the words of OpenRouter's `supported_parameters`. */
const parameterNames: Record<Parameter, readonly string[]> = {
  temperature: ["temperature"],
  topP: ["top_p"],
  maxOutputTokens: ["max_tokens", "max_completion_tokens"],
  reasoningEffort: ["reasoning", "reasoning_effort"],
  stop: ["stop"],
  seed: ["seed"],
};

const parameters = Object.keys(parameterNames) as Parameter[];

/** Whether the model is known to take it, or nothing is known of what it takes. */
export function takesParameter(
  model: Pick<CatalogueModel, "parameters"> | null,
  parameter: Parameter,
): boolean {
  if (model === null || model.parameters.length === 0) return true;
  return parameterNames[parameter].some((name) => model.parameters.includes(name));
}

/** Without what the model does not take: some providers refuse a request for it. */
export function supportedSettings(settings: ModelSettings, model: CatalogueModel | null): ModelSettings {
  const supported = { ...settings };
  for (const parameter of parameters) {
    if (!takesParameter(model, parameter)) delete supported[parameter];
  }
  const { reasoningEffort } = supported;
  const efforts = model?.reasoningEfforts ?? [];
  if (reasoningEffort !== undefined && efforts.length > 0 && !efforts.includes(reasoningEffort)) {
    delete supported.reasoningEffort;
  }
  return supported;
}
