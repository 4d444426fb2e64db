import type { Page } from "@playwright/test";
import { catalogueSchema, type ListedModel } from "@/lib/models/catalogue";

/** Lets the page's list of models be like a provider's: without those that only tests ask. */
export async function showSampleCatalogue(page: Page): Promise<void> {
  await page.route(/\/api\/models(\?|$)/, async (route) => {
    const response = await route.fetch();
    const catalogue = catalogueSchema.parse(await response.json());
    const known = catalogue.items.filter(({ id }) => !id.startsWith("scripted/"));
    const like = known.find(({ id }) => id === "openai/gpt-5-mini");
    const items = known.map((model) => ({
      ...model,
      description: descriptions[model.id] ?? model.description,
    }));
    await route.fulfill({
      response,
      json: {
        ...catalogue,
        items: like ? [...items, ...others.map((other) => ({ ...like, ...other }))] : items,
      },
    });
  });
}

const descriptions: Record<string, string> = {
  "deepseek/deepseek-r1-0528:free": "An open model that thinks before it answers, and shows what it thought.",
};

const words = { inputModalities: ["text"], maxOutputTokens: null };
const thinksNot = {
  parameters: ["temperature", "top_p", "max_tokens", "seed", "tools"],
  reasoningEfforts: [],
};

const others: readonly Partial<ListedModel>[] = [
  {
    id: "mistralai/mistral-medium-3.1",
    name: "Mistral: Medium 3.1",
    inputPrice: 0.4,
    outputPrice: 2,
    contextLength: 131_072,
    ...thinksNot,
  },
  {
    id: "meta-llama/llama-4-maverick",
    name: "Meta: Llama 4 Maverick",
    inputPrice: 0.15,
    outputPrice: 0.6,
    contextLength: 1_048_576,
    ...thinksNot,
  },
  {
    id: "qwen/qwen3-235b-a22b",
    name: "Qwen: Qwen3 235B A22B",
    inputPrice: 0.18,
    outputPrice: 0.54,
    contextLength: 40_960,
    ...words,
  },
  {
    id: "z-ai/glm-4.5-air:free",
    name: "Z.AI: GLM 4.5 Air (free)",
    inputPrice: 0,
    outputPrice: 0,
    contextLength: 131_072,
    ...words,
  },
  {
    id: "moonshotai/kimi-k2",
    name: "MoonshotAI: Kimi K2",
    inputPrice: 0.14,
    outputPrice: 2.49,
    contextLength: 63_488,
    ...words,
    ...thinksNot,
  },
  { id: "x-ai/grok-4", name: "xAI: Grok 4", inputPrice: 3, outputPrice: 15, contextLength: 256_000 },
];
