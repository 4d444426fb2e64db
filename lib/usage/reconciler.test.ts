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
  const givenUp: string[] = [];
  const told: string[] = [];
  const reconciler = createReconciler({
    ledger: {
      claimDue: async () => ["failing", "unknown", "orphan", "keyless", "broken", "known"].map(due),
      async reconcile(...known) {
        entered.push(known);
        return { userId: "ada" };
      },
      giveUp: async (id) => void givenUp.push(id),
    },
    providerOf: async ({ upstreamId }) => {
      if (upstreamId === "keyless") return "key-gone";
      const costOf = costs[upstreamId];
      return costOf ? { ...silent, costOf } : null;
    },
    bus: { publish: (topic) => void told.push(topic) },
    log: silentLog,
    closing: new AbortController().signal,
  });
  await reconciler.reconcile();
  expect(entered).toEqual([["known", { costMicros: 7, usage: null }]]);
  expect(told).toEqual(["user:ada"]);
  expect(givenUp).toEqual(["keyless"]);
});

const silent: ModelProvider = {
  id: "p",
  async *stream() {},
  listModels: async () => [],
  check: async () => {},
};

function due(id: string): DueEntry {
  const route = { provider: "p", payer: "person", credentialId: "c" } as const;
  return { id, userId: "ada", route, upstreamId: id };
}
