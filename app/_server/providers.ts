import { createOfflineProvider } from "@/lib/adapters/offline/offline-provider";
import { createOpenAICompatibleProvider } from "@/lib/adapters/openai-compatible";
import { createOpenRouterProvider } from "@/lib/adapters/openrouter";
import type { Env } from "@/lib/config/env";
import type { ModelProvider } from "@/lib/models/provider";

/** Those that are configured; the built-in assistant where none is. */
export function createProviders({ openrouter, openai, appUrl }: Env): [ModelProvider, ...ModelProvider[]] {
  const configured = [
    ...(openrouter ? [createOpenRouterProvider({ ...openrouter, appUrl })] : []),
    ...(openai ? [createOpenAICompatibleProvider({ ...openai, id: "openai" })] : []),
  ];
  const [first, ...others] = configured;
  return first ? [first, ...others] : [createOfflineProvider()];
}
