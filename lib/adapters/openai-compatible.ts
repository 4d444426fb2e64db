import { createOpenAI } from "@ai-sdk/openai";
import type { ModelProvider, ModelRequest } from "@/lib/models/provider";
import { requireSendableKey } from "./chat-completions/api-key";
import { completeChat } from "./chat-completions/complete-chat";
import { type Deadlines, defaultDeadlines, isReasoning } from "./chat-completions/deadlines";
import { getJson } from "./chat-completions/get-json";
import { modelCall } from "./chat-completions/model-call";
import { streamAnswer } from "./chat-completions/stream-answer";
import { type ChatWriting, writeChat } from "./chat-completions/write-chat";
import type { AddressGuard } from "./guard/address-guard";
import { parseOpenAIModels } from "./openai-models";

export interface OpenAICompatibleOptions {
  id: string;
  /** `null` for servers that want none, as Ollama and LM Studio at home. */
  apiKey: string | null;
  /** With `/v1` at its end. */
  baseUrl: string;
  deadlines?: Partial<Deadlines>;
  /** For servers that somebody else than the environment has named. */
  guard?: AddressGuard;
}

/** OpenAI, and every server that speaks its chat completions: Ollama, vLLM, LM Studio, llama.cpp. */
export function createOpenAICompatibleProvider(options: OpenAICompatibleOptions): ModelProvider {
  const { id: provider, apiKey, guard = null } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const deadlines = { ...defaultDeadlines, ...options.deadlines };

  async function getModels(signal: AbortSignal): Promise<unknown> {
    const headers: Record<string, string> = {};
    if (apiKey !== null) headers.Authorization = `Bearer ${requireSendableKey(provider, apiKey)}`;
    const deadlineMs = deadlines.requestMs;
    return getJson({ provider, url: `${baseUrl}/models`, headers, deadlineMs, guard }, signal);
  }

  function modelOf({ model }: ModelRequest, send: typeof globalThis.fetch) {
    const openai = createOpenAI({
      // Given no key at all, the SDK would take one from the environment.
      apiKey: apiKey === null ? "" : requireSendableKey(provider, apiKey),
      baseURL: baseUrl,
      fetch: apiKey === null ? withoutAuthorization(send) : send,
    });
    return openai.chat(model);
  }

  function streamed(request: ModelRequest): ChatWriting {
    const send = async (fetch: typeof globalThis.fetch) => modelOf(request, fetch).doStream(callOf(request));
    return { provider, send };
  }

  return {
    id: provider,

    stream(request, signal) {
      const call = {
        ...streamed(request),
        guard,
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
        guard,
        deadlineMs: deadlines.wholeMs,
        onUpstreamId,
        send: async (send: typeof globalThis.fetch) => modelOf(request, send).doGenerate(callOf(request)),
      };
      return completeChat(call, signal);
    },

    async listModels(signal) {
      return parseOpenAIModels(provider, await getModels(signal));
    },

    async check(signal) {
      await getModels(signal);
    },
  };
}

function callOf(request: ModelRequest) {
  const { reasoningEffort } = request.settings;
  return { ...modelCall(request), providerOptions: { openai: { reasoningEffort } } };
}

function withoutAuthorization(send: typeof globalThis.fetch): typeof globalThis.fetch {
  return (url, init) => {
    const headers = new Headers(init?.headers);
    headers.delete("authorization");
    return send(url, { ...init, headers });
  };
}
