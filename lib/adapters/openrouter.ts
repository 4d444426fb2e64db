import { createOpenRouter } from "@openrouter/ai-sdk-provider";
import { isAppError } from "@/lib/errors/app-error";
import type { ModelProvider, ModelRequest } from "@/lib/models/provider";
import { requireSendableKey } from "./chat-completions/api-key";
import { completeChat } from "./chat-completions/complete-chat";
import { type Deadlines, defaultDeadlines, isReasoning } from "./chat-completions/deadlines";
import { getJson } from "./chat-completions/get-json";
import { modelCall } from "./chat-completions/model-call";
import { streamAnswer } from "./chat-completions/stream-answer";
import { type ChatWriting, writeChat } from "./chat-completions/write-chat";
import { parseOpenRouterGeneration } from "./openrouter-generation";
import { parseOpenRouterModels } from "./openrouter-models";

export interface OpenRouterOptions {
  apiKey: string;
  /** With `/api/v1` at its end. */
  baseUrl: string;
  /** Where this Parley is found; OpenRouter lists apps by it. */
  appUrl: string;
  deadlines?: Partial<Deadlines>;
}

const provider = "openrouter";
const appName = "Parley";

export function createOpenRouterProvider(options: OpenRouterOptions): ModelProvider {
  const { apiKey, appUrl } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const deadlines = { ...defaultDeadlines, ...options.deadlines };

  async function get(path: string, isOpen: boolean, signal: AbortSignal): Promise<unknown> {
    const headers = {
      ...(!isOpen && { Authorization: `Bearer ${requireSendableKey(provider, apiKey)}` }),
      "HTTP-Referer": appUrl,
      "X-OpenRouter-Title": appName,
    };
    const deadlineMs = deadlines.requestMs;
    return getJson({ provider, url: `${baseUrl}${path}`, headers, deadlineMs, guard: null }, signal);
  }

  /** Everybody is told the models without a key, so that one person's wrong key spoils nobody's list; a gateway may want one. */
  async function getModels(signal: AbortSignal): Promise<unknown> {
    try {
      return await get("/models", true, signal);
    } catch (error) {
      if (!isAppError(error) || error.type !== "key_invalid") throw error;
      return get("/models", false, signal);
    }
  }

  function modelOf({ model }: ModelRequest, send: typeof globalThis.fetch) {
    const openrouter = createOpenRouter({
      apiKey: requireSendableKey(provider, apiKey),
      baseURL: baseUrl,
      appUrl,
      appName,
      compatibility: "strict",
      fetch: send,
    });
    return openrouter.chat(model);
  }

  function streamed(request: ModelRequest): ChatWriting {
    const send = async (fetch: typeof globalThis.fetch) => modelOf(request, fetch).doStream(callOf(request));
    return { provider, send };
  }

  return {
    id: provider,
    takesFallbacks: true,
    takesMaxPrice: true,

    stream(request, signal) {
      const call = {
        ...streamed(request),
        guard: null,
        firstChunkMs: isReasoning(request) ? deadlines.firstChunkOfReasoningMs : deadlines.firstChunkMs,
        betweenChunksMs: deadlines.betweenChunksMs,
      };
      return streamAnswer(call, signal);
    },

    async bodyOf(request) {
      const { body } = await writeChat(streamed(request));
      return body;
    },

    complete(request, signal, onUpstreamId) {
      const call = {
        provider,
        guard: null,
        deadlineMs: deadlines.wholeMs,
        onUpstreamId,
        send: async (send: typeof globalThis.fetch) => modelOf(request, send).doGenerate(callOf(request)),
      };
      return completeChat(call, signal);
    },

    async listModels(signal) {
      return parseOpenRouterModels(await getModels(signal));
    },

    async costOf(upstreamId, signal) {
      const asked = get(`/generation?id=${encodeURIComponent(upstreamId)}`, false, signal);
      // OpenRouter knows of a generation some seconds after it.
      const body = await asked.catch((error: unknown) => {
        if (isAppError(error) && error.details?.status === 404) return null;
        throw error;
      });
      return parseOpenRouterGeneration(body);
    },

    async check(signal) {
      await get("/key", false, signal);
    },
  };
}

function callOf(request: ModelRequest) {
  const cacheMark = { openrouter: { cacheControl: { type: "ephemeral" } } };
  return { ...modelCall(request, cacheMark), providerOptions: { openrouter: openRouterBody(request) } };
}

/** Fields of the body that the SDK has no names for: it lets them through as they are. */
function openRouterBody({ model, chatId, user, settings }: ModelRequest) {
  const { reasoningEffort: effort, routing = {} } = settings;
  const { maxPrice = {} } = routing;
  const maxPrices = withoutUnset({
    prompt: maxPrice.input,
    completion: maxPrice.output,
    request: maxPrice.request,
  });
  const provider = withoutUnset({
    sort: routing.sort,
    only: routing.only,
    ignore: routing.ignore,
    zdr: routing.zeroDataRetention,
    allow_fallbacks: routing.allowFallbacks,
    max_price: Object.keys(maxPrices).length > 0 ? maxPrices : undefined,
  });
  const { fallbackModels = [] } = routing;
  return {
    session_id: chatId,
    ...(user && { user }),
    ...(effort && { reasoning: { effort } }),
    ...(Object.keys(provider).length > 0 && { provider }),
    ...(fallbackModels.length > 0 && { models: [model, ...fallbackModels] }),
  };
}

/** An empty list would allow nothing, and is meant to say nothing. */
function withoutUnset<Value>(fields: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
