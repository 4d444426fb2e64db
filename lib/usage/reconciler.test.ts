import { expect, test } from "vitest";
import { silentLog } from "@/lib/diagnostics/log";
import { AppError } from "@/lib/errors/app-error";
import type { ModelProvider } from "@/lib/models/provider";
import type { DueEntry } from "./ledger";
import { createReconciler } from "./reconciler";

test("what the provider knows is entered, and one that fails or knows nothing keeps nobody else from it", async () => {
  const costs: Record<string, () => ReturnType<NonNullable<ModelProvider["costOf"]>>> = {
    known: async () => ({ costMicros: 7, usage: null }),
    unknown: async () => null,
    failing: () => Promise.reject(new AppError("provider_unavailable", "down")),
    broken: () => Promise.reject(new Error("unforeseen")),
  };
  const entered: unknown[] = [];
  const reconciler = createReconciler({
    ledger: {
      claimDue: async () => ["failing", "unknown", "orphan", "broken", "known"].map(due),
      reconcile: async (...known) => void entered.push(known),
    },
    providerOf: async ({ upstreamId }) => {
      const costOf = costs[upstreamId];
      return costOf ? { ...silent, costOf } : null;
    },
    log: silentLog,
    closing: new AbortController().signal,
  });
  await reconciler.reconcile();
  expect(entered).toEqual([["known", { costMicros: 7, usage: null }]]);
});

const silent: ModelProvider = {
  id: "p",
  async *stream() {},
  listModels: async () => [],
  check: async () => {},
};

function due(id: string): DueEntry {
  return { id, userId: "ada", model: "m", provider: "p", upstreamId: id };
}
