import { api } from "@/app/_client/api";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { previewPrompt } from "@/lib/api/prompts";
import { estimateUsage } from "@/lib/api/usage";

/** What a question would cost, with all that it would be sent with, and whether it would be: only the server knows. */
export async function questionCost(asked: ReturnType<ChatSession["wouldAsk"]>, text: string) {
  const { model, promptTokens, isOverLimit } = await api(previewPrompt, {
    body: { ...asked, text, totalsOnly: true },
  });
  const query = { chat: asked.id, model, inputTokens: promptTokens };
  return { ...(await api(estimateUsage, { query })), isOverLimit };
}
