import type { BetterAuthOptions } from "better-auth";
import type { Log } from "@/lib/diagnostics/log";

/**
 * Better Auth logs whole errors and requests; a failed query alone names the e-mail address, the
 * password's hash and the session's token. Only what is known to be harmless goes on.
 */
export function authLogger(log: Log): BetterAuthOptions["logger"] {
  return {
    level: "warn",
    log(level, message, ...details) {
      const error = details.find((detail) => detail instanceof Error);
      log[level]({ source: "better-auth", error }, harmless(String(message)));
    },
  };
}

/** The first line: Drizzle puts the statement there and its parameters on the next. Long enough for a sentence. */
function harmless(message: string): string {
  const [firstLine = ""] = message.split("\n");
  return firstLine
    .replace(/[?#]\S*/g, "")
    .replace(/\S+@\S+/g, "[e-mail]")
    .slice(0, 300);
}
