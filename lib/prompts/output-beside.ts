import type { PromptMessage } from "@/lib/models/provider";
import type { ModelSettings } from "@/lib/models/settings";
import { answerTokens, messageTokens, restTokensMin } from "./composer";
import { withOutputWithin } from "./continuation";
import { estimateTokens } from "./estimate-tokens";

/** The settings with no more for the answer than has room beside `messages`, by an estimate that errs to the high side. */
export function withOutputBeside(
  messages: readonly PromptMessage[],
  settings: ModelSettings,
  contextLength: number | null,
): ModelSettings {
  if (contextLength === null) return settings;
  const told = messages.reduce((sum, { text }) => sum + estimateTokens(text) + messageTokens, answerTokens);
  return withOutputWithin(settings, Math.max(restTokensMin, contextLength - told));
}
