import { type Env, parseEnv } from "@/lib/config/env";

/** The one place that reads the process's environment. */
export function readEnv(): Env {
  return parseEnv(process.env);
}

/** `next build` imports pages and handlers; nothing may be opened then. */
export function isBuilding(): boolean {
  return process.env.NEXT_PHASE === "phase-production-build";
}
