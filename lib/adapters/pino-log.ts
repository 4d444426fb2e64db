import pino from "pino";
import type { Log } from "@/lib/diagnostics/log";

/**
 * JSON lines on standard output. `context` is asked at each line for what it belongs to. Errors
 * are reduced to what they are: their texts can hold queries with people's words in them.
 */
export function createPinoLog({
  level,
  context,
  destination,
}: {
  level: string;
  context: () => Record<string, unknown>;
  destination?: pino.DestinationStream;
}): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: context,
      serializers: { error: describeError, err: describeError },
    },
    destination,
  );
}

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const type = "type" in error && typeof error.type === "string" ? error.type : undefined;
  const frames = error.stack
    ?.split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
  return {
    name: error.name,
    code,
    type,
    frames,
    ...(error.cause instanceof Error && { cause: describeError(error.cause) }),
  };
}
