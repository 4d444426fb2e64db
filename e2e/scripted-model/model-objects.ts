import { type NamedModel, namedModels } from "./named-models.ts";

const perMillion = 1_000_000;
const defaultPrice = { prompt: 0.1, completion: 0.4 };

/** The body of `GET /models`: OpenRouter's objects, with the `object` that OpenAI's clients expect. */
export function modelList() {
  return { object: "list", data: namedModels.map(modelObject) };
}

export function priceOf({ price = defaultPrice }: NamedModel) {
  return { prompt: price.prompt / perMillion, completion: price.completion / perMillion };
}

function modelObject(model: NamedModel) {
  const { inputs = ["text"], outputs = ["text"], reasons = false, takesTools = true } = model;
  const contextLength = model.contextLength ?? 131_072;
  const price = priceOf(model);
  return {
    id: model.id,
    object: "model",
    owned_by: model.id.split("/")[0],
    canonical_slug: model.id.replace(/:[a-z]+$/, ""),
    hugging_face_id: "",
    name: model.name,
    created: 1_748_455_170,
    description: model.description,
    context_length: contextLength,
    architecture: {
      modality: `${inputs.join("+")}->${outputs.join("+")}`,
      input_modalities: inputs,
      output_modalities: outputs,
      tokenizer: "Other",
      instruct_type: null,
    },
    pricing: {
      prompt: decimal(price.prompt),
      completion: decimal(price.completion),
      request: "0",
      image: "0",
      web_search: "0",
      internal_reasoning: "0",
      input_cache_read: decimal(price.prompt / 10),
      input_cache_write: "0",
    },
    top_provider: {
      context_length: contextLength,
      max_completion_tokens: model.outputTokensMax ?? null,
      is_moderated: false,
    },
    per_request_limits: null,
    supported_parameters: [
      ...[
        "frequency_penalty",
        "max_tokens",
        "presence_penalty",
        "seed",
        "stop",
        "temperature",
        "top_k",
        "top_p",
      ],
      ...(takesTools ? ["tool_choice", "tools"] : []),
      ...(reasons ? ["include_reasoning", "reasoning"] : []),
      "response_format",
    ],
    ...(reasons
      ? {
          reasoning: {
            supported_efforts: ["low", "medium", "high"],
            default_effort: "medium",
            mandatory: false,
          },
        }
      : {}),
    expiration_date: null,
  };
}

/** OpenRouter writes prices as decimals, never with an exponent. */
function decimal(dollars: number): string {
  return dollars === 0 ? "0" : dollars.toFixed(12).replace(/0+$/, "");
}
