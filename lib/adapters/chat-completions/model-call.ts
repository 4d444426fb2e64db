import type { createOpenAI } from "@ai-sdk/openai";
import type { ModelRequest, PromptMessage } from "@/lib/models/provider";

type SdkModel = ReturnType<ReturnType<typeof createOpenAI>["chat"]>;
type SdkCall = Parameters<SdkModel["doStream"]>[0];

/** What every SDK model takes under the same names. Undefined settings are not sent. */
export function modelCall({ messages, settings }: ModelRequest): SdkCall {
  return {
    prompt: messages.map(promptMessage),
    temperature: settings.temperature,
    topP: settings.topP,
    maxOutputTokens: settings.maxOutputTokens,
    stopSequences: settings.stop,
    seed: settings.seed,
  };
}

function promptMessage({ role, text }: PromptMessage): SdkCall["prompt"][number] {
  return role === "system" ? { role, content: text } : { role, content: [{ type: "text", text }] };
}
