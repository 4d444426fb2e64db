import { z } from "zod";
import { AppError } from "@/lib/errors/app-error";
import type { CatalogueModel } from "@/lib/models/catalogue";
import { pricePerMillion } from "./chat-completions/money";

const length = z.number().int().positive().nullish().catch(null);
const names = z.array(z.string()).nullish().catch(null);

const modelSchema = z.object({
  id: z.string().min(1),
  name: z.string().nullish().catch(null),
  description: z.string().nullish().catch(null),
  context_length: length,
  top_provider: z.object({ context_length: length, max_completion_tokens: length }).nullish().catch(null),
  architecture: z.object({ input_modalities: names, output_modalities: names }).nullish().catch(null),
  pricing: z
    .object({ prompt: z.unknown().optional(), completion: z.unknown().optional() })
    .nullish()
    .catch(null),
  supported_parameters: names,
});

/**
 * The catalogue in OpenRouter's `GET /models`. An entry without an id is passed over, a field
 * that is missing or odd is left out.
 */
export function parseOpenRouterModels(body: unknown): CatalogueModel[] {
  const list = z.object({ data: z.array(z.unknown()) }).safeParse(body);
  if (!list.success)
    throw new AppError("provider_error", "openrouter sent no list of models", { provider: "openrouter" });
  return list.data.data.flatMap((entry) => {
    const model = modelSchema.safeParse(entry);
    return model.success ? [catalogueModel(model.data)] : [];
  });
}

function catalogueModel(model: z.infer<typeof modelSchema>): CatalogueModel {
  return {
    id: model.id,
    name: model.name || model.id,
    provider: "openrouter",
    description: model.description || null,
    contextLength: model.context_length ?? model.top_provider?.context_length ?? null,
    maxOutputTokens: model.top_provider?.max_completion_tokens ?? null,
    inputModalities: model.architecture?.input_modalities ?? ["text"],
    outputModalities: model.architecture?.output_modalities ?? ["text"],
    inputPrice: pricePerMillion(model.pricing?.prompt),
    outputPrice: pricePerMillion(model.pricing?.completion),
    parameters: model.supported_parameters ?? [],
  };
}
