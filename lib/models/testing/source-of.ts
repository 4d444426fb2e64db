import { AppError } from "@/lib/errors/app-error";
import { type CatalogueModel, plainModel } from "@/lib/models/catalogue";
import type { ModelSource } from "@/lib/models/model-source";
import type { ModelProvider } from "@/lib/models/provider";

/** A source that a test has made up; its connections are all the same provider. */
export function sourceOf(provider: ModelProvider, given: Partial<ModelSource> = {}): ModelSource {
  return {
    id: provider.id,
    name: provider.id,
    baseUrl: `https://${provider.id}.example/v1`,
    prefix: "",
    needsKey: true,
    hasOneList: true,
    namedModels: [],
    prices: [],
    endpointId: null,
    payer: "installation",
    connect: () => provider,
    ...given,
  };
}

/** Says nothing; its list is what it is given, or the failure to read it. */
export function silentProvider(id: string, answer: readonly string[] | AppError): ModelProvider {
  return {
    id,
    async *stream() {},
    async listModels(): Promise<CatalogueModel[]> {
      if (answer instanceof AppError) throw answer;
      return answer.map((modelId) => plainModel({ id: modelId, provider: id }));
    },
    check: async () => {},
  };
}
