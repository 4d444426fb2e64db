import { createAddressGuard } from "@/lib/adapters/guard/address-guard";
import { createOfflineProvider } from "@/lib/adapters/offline/offline-provider";
import { createOpenAICompatibleProvider } from "@/lib/adapters/openai-compatible";
import { createOpenRouterProvider } from "@/lib/adapters/openrouter";
import type { Env } from "@/lib/config/env";
import { type Endpoint, endpointPrefix } from "@/lib/models/endpoint";
import type { KeyRing } from "@/lib/models/key-ring";
import type { ModelSource } from "@/lib/models/model-source";
import type { ModelProvider } from "@/lib/models/provider";
import type { Shelves } from "@/lib/models/shelves";

const openAIUrl = "https://api.openai.com/v1";
const ofEverybody = {
  prefix: "",
  namedModels: [],
  prices: [],
  endpointId: null,
  payer: "installation",
} as const;

/** What the environment knows the addresses of. OpenRouter and OpenAI are there for whoever has a key of their own. */
export function createSources({ openrouterBaseUrl, openai, appUrl }: Env): ModelSource[] {
  const baseUrl = openai?.baseUrl ?? openAIUrl;
  return [
    {
      ...ofEverybody,
      id: "openrouter",
      name: "OpenRouter",
      baseUrl: openrouterBaseUrl,
      needsKey: true,
      hasOneList: true,
      connect: (apiKey) =>
        createOpenRouterProvider({ apiKey: apiKey ?? "", baseUrl: openrouterBaseUrl, appUrl }),
    },
    {
      ...ofEverybody,
      id: "openai",
      name: openai && baseUrl !== openAIUrl ? new URL(baseUrl).host : "OpenAI",
      baseUrl,
      // A server of one's own may want none.
      needsKey: openai === null || openai.apiKey !== null,
      hasOneList: false,
      connect: (apiKey) => createOpenAICompatibleProvider({ id: "openai", apiKey, baseUrl }),
    },
  ];
}

/** A server that somebody has named: it is connected to only where that is allowed. */
export function endpointSource(endpoint: Endpoint, privateHosts: readonly string[]): ModelSource {
  const { id, name, baseUrl, userId, models, prices, maskedKey } = endpoint;
  const guard = createAddressGuard({ provider: id, allowed: privateHosts });
  return {
    id,
    name,
    baseUrl,
    prefix: endpointPrefix(endpoint),
    needsKey: maskedKey !== null,
    hasOneList: true,
    namedModels: models,
    prices,
    endpointId: id,
    payer: userId === null ? "installation" : "person",
    connect: (apiKey) => createOpenAICompatibleProvider({ id, apiKey, baseUrl, guard }),
  };
}

/** Answers those who have nothing else. */
export function createOfflineSource(): ModelSource {
  const provider = createOfflineProvider();
  return {
    ...ofEverybody,
    id: provider.id,
    name: "Parley",
    baseUrl: "",
    needsKey: false,
    hasOneList: true,
    connect: () => provider,
  };
}

/** The provider that the environment has a key for, for the readiness check. */
export function checkedProvider({ openrouter, openai }: Env, sources: readonly ModelSource[]): ModelProvider {
  const find = (id: string) => sources.find((source) => source.id === id);
  if (openrouter) return find("openrouter")?.connect(openrouter.apiKey) ?? createOfflineProvider();
  if (openai) return find("openai")?.connect(openai.apiKey) ?? createOfflineProvider();
  return createOfflineProvider();
}

/** The keys that everybody may use, each for its own address only. */
export function environmentKeysOf({ openrouter, openai }: Env) {
  return [
    ...(openrouter ? [{ ...openrouter, provider: "openrouter" }] : []),
    ...(openai ? [{ ...openai, provider: "openai" }] : []),
  ];
}

export async function stockUp(
  sources: readonly ModelSource[],
  keys: KeyRing,
  shelves: Shelves,
): Promise<void> {
  for (const source of sources) {
    const key = await keys.keyFor("", source.id, source.baseUrl);
    if (key !== null || !source.needsKey) await shelves.stocked(source, key);
  }
}
