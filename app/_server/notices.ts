import type { Env } from "@/lib/config/env";

/** What whoever starts the server should know beside the address. */
export function noticesOf({ openrouter, openai, rateLimits, database, dataDir }: Env): string[] {
  return [
    ...(openrouter || openai
      ? []
      : [
          "No provider key is set: the offline assistant answers whoever has none of their own. Enter one in the settings, or set OPENROUTER_API_KEY in .env.local.",
        ]),
    ...(database ? [] : [`Chats are kept in the embedded database in ${dataDir}.`]),
    ...(rateLimits
      ? []
      : ["RATE_LIMITS=off: nothing limits requests, sign-in attempts included. Not for a public server."]),
  ];
}
