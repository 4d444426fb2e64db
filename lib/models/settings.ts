import { z } from "zod";
import type { CatalogueModel } from "./catalogue";

const names = z.array(z.string().min(1).max(100)).max(50);

export const routingSorts = ["price", "throughput", "latency"] as const;

/** Which of the hosts behind OpenRouter may answer, and in which order they are tried. */
export const routingSchema = z.object({
  sort: z.enum(routingSorts).optional(),
  only: names.optional(),
  ignore: names.optional(),
  /** Only hosts that keep nothing of what they are told. */
  zeroDataRetention: z.boolean().optional(),
  /** Whether another host may answer where the first cannot. */
  allowFallbacks: z.boolean().optional(),
  /** Models that answer in this order where the chosen one cannot. */
  fallbackModels: z.array(z.string().min(1).max(200)).max(5).optional(),
});

export type Routing = z.infer<typeof routingSchema>;

export const reasoningEfforts = ["none", "minimal", "low", "medium", "high", "xhigh"] as const;

/** What a chat may ask of a model beside the text. Names the app does not know are kept, not sent. */
export const modelSettingsSchema = z.looseObject({
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  maxOutputTokens: z.number().int().min(1).max(1_000_000).optional(),
  reasoningEffort: z.enum(reasoningEfforts).optional(),
  stop: z.array(z.string().min(1).max(200)).max(4).optional(),
  seed: z.number().int().optional(),
  routing: routingSchema.optional(),
});

export type ModelSettings = z.infer<typeof modelSettingsSchema>;

type Parameter = "temperature" | "topP" | "maxOutputTokens" | "reasoningEffort" | "stop" | "seed";

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
export function takesParameter(model: CatalogueModel | null, parameter: Parameter): boolean {
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
