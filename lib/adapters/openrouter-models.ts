import { z } from "zod";
import { AppError } from "@/lib/errors/app-error";
import { type CatalogueModel, plainModel } from "@/lib/models/catalogue";
import { pricePerMillion, pricePerPiece } from "./chat-completions/money";

const length = z.number().int().positive().nullish().catch(null);
const price = z.unknown().optional();
const names = z.array(z.string()).nullish().catch(null);

const modelSchema = z.object({
  id: z.string().min(1),
  name: z.string().nullish().catch(null),
  description: z.string().nullish().catch(null),
  context_length: length,
  top_provider: z.object({ context_length: length, max_completion_tokens: length }).nullish().catch(null),
  architecture: z.object({ input_modalities: names, output_modalities: names }).nullish().catch(null),
  pricing: z
    .object({
      prompt: price,
      completion: price,
      request: price,
      image: price,
      internal_reasoning: price,
      input_cache_read: price,
      input_cache_write: price,
    })
    .nullish()
    .catch(null),
  supported_parameters: names,
  reasoning: z.object({ supported_efforts: names }).nullish().catch(null),
  created: z.number().int().positive().max(9_999_999_999).nullish().catch(null),
  expiration_date: z.string().nullish().catch(null),
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
  const { pricing } = model;
  return plainModel({
    id: model.id,
    name: model.name || model.id,
    provider: "openrouter",
    description: model.description || null,
    contextLength: model.context_length ?? model.top_provider?.context_length ?? null,
    maxOutputTokens: model.top_provider?.max_completion_tokens ?? null,
    inputModalities: model.architecture?.input_modalities ?? ["text"],
    outputModalities: model.architecture?.output_modalities ?? ["text"],
    inputPrice: pricePerMillion(pricing?.prompt),
    outputPrice: pricePerMillion(pricing?.completion),
    cachedInputPrice: pricePerMillion(pricing?.input_cache_read),
    cacheWritePrice: pricePerMillion(pricing?.input_cache_write),
    reasoningPrice: pricePerMillion(pricing?.internal_reasoning),
    requestPrice: pricePerPiece(pricing?.request),
    imagePrice: pricePerPiece(pricing?.image),
    parameters: model.supported_parameters ?? [],
    reasoningEfforts: model.reasoning?.supported_efforts ?? [],
    createdAt: model.created ? new Date(model.created * 1_000).toISOString() : null,
    expiresAt: dayIn(model.expiration_date),
  });
}

/** `2026-12-31`, or that with a time after it. */
function dayIn(date: string | null | undefined): string | null {
  const day = z.iso.date().safeParse(date?.slice(0, 10));
  return day.success ? day.data : null;
}
