import type { ChatErrorType } from "@/lib/errors/chat-error";

/** A status, or a name among the scripted model's errors; what it means; whether to try again. */
export const failingStatuses: readonly [string, ChatErrorType, boolean][] = [
  ["400", "provider_error", false],
  ["context-length", "context_too_long", false],
  ["401", "key_invalid", false],
  ["402", "provider_credits", false],
  ["403", "provider_refused", false],
  ["404", "provider_unavailable", false],
  ["408", "provider_timeout", true],
  ["413", "context_too_long", false],
  ["422", "provider_error", false],
  ["429", "provider_rate_limited", true],
  ["500", "provider_error", true],
  ["502", "provider_unavailable", true],
  ["503", "provider_unavailable", true],
  ["504", "provider_timeout", true],
  ["524", "provider_timeout", true],
  ["529", "provider_unavailable", true],
];
