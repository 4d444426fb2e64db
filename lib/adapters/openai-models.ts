import { z } from "zod";
import { AppError } from "@/lib/errors/app-error";
import { type CatalogueModel, plainModel } from "@/lib/models/catalogue";

const length = z.number().int().positive().nullish().catch(null);

const modelSchema = z.object({
  id: z.string().min(1),
  /** vLLM's and LM Studio's words for the context. */
  max_model_len: length,
  max_context_length: length,
});

/** The catalogue in `GET /models` of an OpenAI-compatible server, which says little more than ids. */
export function parseOpenAIModels(provider: string, body: unknown): CatalogueModel[] {
  const list = z.object({ data: z.array(z.unknown()) }).safeParse(body);
  if (!list.success) throw new AppError("provider_error", `${provider} sent no list of models`, { provider });
  return list.data.data.flatMap((entry) => {
    const model = modelSchema.safeParse(entry);
    return model.success ? [catalogueModel(provider, model.data)] : [];
  });
}

function catalogueModel(provider: string, model: z.infer<typeof modelSchema>): CatalogueModel {
  return plainModel({
    id: model.id,
    provider,
    contextLength: model.max_model_len ?? model.max_context_length ?? null,
  });
}
