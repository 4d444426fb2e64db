import { type Env, parseEnv } from "@/lib/config/env";

/** The one place that reads the process's environment. */
export function readEnv(): Env {
  return parseEnv(process.env);
}

/** An empty value is none, also for the SDKs that look for themselves and fail on one when they are loaded. */
export function dropEmptyValues(): void {
  for (const [name, value] of Object.entries(process.env)) {
    if (value?.trim() === "") delete process.env[name];
  }
}

/** `next build` imports pages and handlers; nothing may be opened then. */
export function isBuilding(): boolean {
  return process.env.NEXT_PHASE === "phase-production-build";
}
