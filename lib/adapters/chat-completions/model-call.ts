import type { createOpenAI } from "@ai-sdk/openai";
import type { ModelRequest, PromptMessage } from "@/lib/models/provider";

type SdkModel = ReturnType<ReturnType<typeof createOpenAI>["chat"]>;
type SdkCall = Parameters<SdkModel["doStream"]>[0];

type SdkMessage = SdkCall["prompt"][number];

/**
 * What every SDK model takes under the same names. Undefined settings are not sent. `cacheMark` is how a provider is
 * told to keep a prompt up to a message.
 */
export function modelCall(
  { messages, settings }: ModelRequest,
  cacheMark?: SdkMessage["providerOptions"],
): SdkCall {
  return {
    prompt: messages.map((message) => ({
      ...promptMessage(message),
      ...(message.isCached && { providerOptions: cacheMark }),
    })),
    temperature: settings.temperature,
    topP: settings.topP,
    maxOutputTokens: settings.maxOutputTokens,
    stopSequences: settings.stop,
    seed: settings.seed,
  };
}

function promptMessage({ role, text }: PromptMessage): SdkMessage {
  return role === "system" ? { role, content: text } : { role, content: [{ type: "text", text }] };
}
