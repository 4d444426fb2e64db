import type { CatalogueModel } from "./catalogue";
import type { ModelSettings } from "./settings";
import { takesParameter } from "./supported-settings";

// What is thought counts as output: without room for it nothing would be left for the text.
const thinkingTokensMax = 4_000;
const efforts = ["none", "minimal", "low"] as const;

/**
 * For a short text that is worth no thinking: as little of it as the model is known to be able to, and room beside
 * the text for what it may think all the same.
 */
export function littleReasoning(
  model: CatalogueModel | null,
  textTokensMax: number,
): Pick<ModelSettings, "reasoningEffort" | "maxOutputTokens"> {
  const mayThink = takesParameter(model, "reasoningEffort");
  const effort = mayThink ? efforts.find((each) => model?.reasoningEfforts.includes(each)) : undefined;
  const contextLength = model?.contextLength ?? Number.POSITIVE_INFINITY;
  const thinking =
    mayThink && effort !== "none" ? Math.min(thinkingTokensMax, Math.floor(contextLength / 4)) : 0;
  const writable = model?.maxOutputTokens ?? Number.POSITIVE_INFINITY;
  return {
    ...(effort && { reasoningEffort: effort }),
    maxOutputTokens: Math.min(textTokensMax + thinking, writable),
  };
}
