import { expect, test } from "vitest";
import { plainModel } from "./catalogue";
import type { ServedModel } from "./directory";
import { requireFallbacks, requireSentFallbacks } from "./fallbacks";
import { silentProvider } from "./testing/source-of";

test("a fallback model that nobody offers to the person is refused by the name of its field", async () => {
  expect(await requireFallbacks(models, "ada", {})).toEqual([]);
  expect(await requireFallbacks(models, "ada", naming("openrouter/one", "openai/two"))).toHaveLength(2);
  await expect(requireFallbacks(models, "ada", naming("openrouter/one", "nowhere"))).rejects.toMatchObject(
    refusal("nowhere"),
  );
});

test("with a question only models of its own provider are sent along, and to a provider that takes them", async () => {
  const asked = served("openrouter/main", true);
  const settings = naming("openrouter/one");
  expect(await requireSentFallbacks(models, "ada", asked, settings)).toMatchObject([
    { model: { id: "openrouter/one" } },
  ]);
  const stranger = naming("openrouter/one", "openai/two");
  await expect(requireSentFallbacks(models, "ada", asked, stranger)).rejects.toMatchObject(
    refusal("openai/two"),
  );
  const plain = served("openai/main", false);
  expect(await requireSentFallbacks(models, "ada", plain, naming("nowhere"))).toEqual([]);
});

const models = { getModel: async (_: string, id: string) => (id === "nowhere" ? null : served(id, false)) };

function served(id: string, takesFallbacks: boolean): ServedModel {
  const provider = id.split("/")[0] ?? id;
  return {
    model: plainModel({ id, provider }),
    route: { provider, payer: "installation", credentialId: null },
    provider: { ...silentProvider(provider, []), ...(takesFallbacks && { takesFallbacks: true as const }) },
  };
}

function naming(...fallbackModels: string[]) {
  return { routing: { fallbackModels } };
}

function refusal(model: string) {
  const details = { field: "settings.routing.fallbackModels", model, reason: "fallback_not_offered" };
  return { type: "invalid_request", details };
}
