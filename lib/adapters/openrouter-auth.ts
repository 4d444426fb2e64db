import { z } from "zod";
import { AppError } from "@/lib/errors/app-error";
import { keyTextSchema } from "@/lib/vault/credential";
import { defaultDeadlines } from "./chat-completions/deadlines";
import { openLine } from "./chat-completions/line";
import { parseJson } from "./chat-completions/parse-json";
import { brokenAnswer, connectionError, providerError } from "./chat-completions/provider-error";
import { failureInBody } from "./chat-completions/provider-failure";
import { readText } from "./chat-completions/read-text";

const provider = "openrouter";

/**
 * OpenRouter's side of OAuth with PKCE (https://openrouter.ai/docs/guides/overview/auth/oauth). It knows no client
 * ids: a code is good for ten minutes, once, and only with the verifier that its challenge was made of.
 */
export function createOpenRouterAuth({
  baseUrl,
  deadlineMs = defaultDeadlines.requestMs,
}: {
  baseUrl: string;
  deadlineMs?: number;
}) {
  return {
    /** The page on which a person gives us a key of their account. */
    pageFor(callbackUrl: string, challenge: string): string {
      const page = new URL("/auth", baseUrl);
      page.searchParams.set("callback_url", callbackUrl);
      page.searchParams.set("code_challenge", challenge);
      page.searchParams.set("code_challenge_method", "S256");
      return page.href;
    },

    /** The key for a code. Throws `provider_refused` for a code or verifier that is not good, else as every call does. */
    async exchange(code: string, verifier: string, signal: AbortSignal): Promise<string> {
      const line = openLine(provider, signal);
      line.expectWithin(deadlineMs);
      try {
        return await line.wait(load(code, verifier, line.signal));
      } finally {
        line.close();
        line.hangUp();
      }
    },
  };

  async function load(code: string, verifier: string, signal: AbortSignal): Promise<string> {
    const response = await fetch(`${baseUrl}/auth/keys`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code, code_verifier: verifier, code_challenge_method: "S256" }),
      signal,
      cache: "no-store",
      redirect: "error",
    }).catch((error: unknown) => {
      throw connectionError(provider, error);
    });
    const text = await readText(response.body);
    if (response.status === 400 || response.status === 403) {
      throw new AppError("provider_refused", `openrouter answered ${response.status} to a code`, {
        provider,
      });
    }
    if (!response.ok) {
      const failure = failureInBody(text) ?? {};
      throw providerError({ provider, status: response.status, failure, headers: response.headers });
    }
    const answer = answerSchema.safeParse(parseJson(text));
    // What zod would say quotes nothing of the input.
    if (!answer.success) throw brokenAnswer(provider, "what it sent for a code is no key");
    return answer.data.key;
  }
}

export type OpenRouterAuth = ReturnType<typeof createOpenRouterAuth>;

const answerSchema = z.object({ key: keyTextSchema });
