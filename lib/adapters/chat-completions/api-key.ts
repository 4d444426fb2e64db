import { AppError } from "@/lib/errors/app-error";

/**
 * A key that a header can carry.
 *
 * @throws AppError `key_invalid` for one pasted with a line break or an ellipsis: what `fetch`
 *   would say about it quotes it
 */
export function requireSendableKey(provider: string, apiKey: string): string {
  if (/^[\x21-\x7e]+$/.test(apiKey)) return apiKey;
  throw new AppError("key_invalid", `the key of ${provider} has characters that no key has`, { provider });
}
