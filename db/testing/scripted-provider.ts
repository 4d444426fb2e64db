import { AppError } from "@/lib/errors/app-error";
import { type CatalogueModel, plainModel } from "@/lib/models/catalogue";
import type { ModelChunk, ModelProvider, ModelRequest } from "@/lib/models/provider";

type Step = ModelChunk | AppError;

export type ScriptedProvider = ReturnType<typeof createScriptedProvider>;

/** Plays what a test hands it, for the newest request; silent until then. The first model is the default. */
export function createScriptedProvider(modelIds: readonly string[] = ["scripted/model"]) {
  const requests: ModelRequest[] = [];
  const steps: Step[] = [];
  let wake = Promise.withResolvers<void>();
  let signal: AbortSignal | undefined;
  return {
    id: "scripted",
    requests,
    isAborted: () => signal?.aborted ?? false,
    play(...played: Step[]) {
      steps.push(...played);
      wake.resolve();
      wake = Promise.withResolvers<void>();
    },
    async *stream(request: ModelRequest, stop: AbortSignal) {
      requests.push(request);
      signal = stop;
      const stopped = new Promise<void>((resolve) => stop.addEventListener("abort", () => resolve()));
      for (;;) {
        stop.throwIfAborted();
        const step = steps.shift();
        if (step instanceof AppError) throw step;
        if (step) yield step;
        else await Promise.race([wake.promise, stopped]);
        if (step?.type === "finish") return;
      }
    },
    listModels: async () => modelIds.map(scriptedModel),
    check: async () => {},
  } satisfies ModelProvider & Record<string, unknown>;
}

export function text(delta: string): ModelChunk {
  return { type: "text-delta", text: delta };
}

export function finish(): ModelChunk {
  return { type: "finish", reason: "stop", usage: null, costMicros: null };
}

function scriptedModel(id: string): CatalogueModel {
  return plainModel({ id, provider: "scripted" });
}
