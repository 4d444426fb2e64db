import type { PromptMessage } from "@/lib/models/provider";
import type { ModelSettings } from "@/lib/models/settings";

const continueTurn =
  "Your answer above was cut off. Continue exactly where it stops, in the middle of a word if need be. Repeat nothing and say nothing about the interruption.";

/** How a model is brought to finish its own text: as the beginning of its answer, or by asking for the rest. */
export function continuationOf(
  history: readonly PromptMessage[],
  partial: string,
  manner: "prefill" | "turn",
): PromptMessage[] {
  const cut: PromptMessage = { role: "assistant", text: partial };
  return manner === "prefill" ? [...history, cut] : [...history, cut, { role: "user", text: continueTurn }];
}

/** Hosts refuse to be asked for a longer answer than the context has room for. */
export function withOutputWithin(settings: ModelSettings, tokens: number): ModelSettings {
  const { maxOutputTokens } = settings;
  return maxOutputTokens === undefined || maxOutputTokens <= tokens
    ? settings
    : { ...settings, maxOutputTokens: tokens };
}
