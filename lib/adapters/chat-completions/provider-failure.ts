import { z } from "zod";
import { parseJson } from "./parse-json";

const text = z.string().nullish().catch(null);

const failureSchema = z.object({
  code: z.union([z.string(), z.number()]).nullish().catch(null),
  type: text,
  message: text,
  metadata: z
    .object({ error_type: text, reasons: z.array(z.string()).nullish().catch(null) })
    .nullish()
    .catch(null),
  availability: z
    .object({
      retryable: z.boolean().nullish().catch(null),
      retry_after: z.number().nonnegative().nullish().catch(null),
      fallback_models: z.array(z.string()).nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

const statementSchema = z.object({ error: z.unknown().optional() });

/** What a provider says about a failure. Its words serve to tell failures apart and go no further. */
export type ProviderFailure = z.infer<typeof failureSchema>;

/** The value of an `error` field: OpenRouter's and OpenAI's object, or Ollama's plain text. */
export function parseFailure(error: unknown): ProviderFailure {
  const parsed = failureSchema.safeParse(typeof error === "string" ? { message: error } : error);
  return parsed.success ? parsed.data : {};
}

/** What the body of a failed call says: `{ error }`, in a list of one as from Google, or the failure itself as from vLLM. */
export function failureInBody(text: string): ProviderFailure | null {
  const body = parseJson(text);
  const value = Array.isArray(body) ? body[0] : body;
  return failureStated(value) ?? (typeof value === "object" && value !== null ? parseFailure(value) : null);
}

/** The failure in `{ error }`; `null` for a body that states none. */
export function failureStated(body: unknown): ProviderFailure | null {
  const parsed = statementSchema.safeParse(body);
  const error = parsed.success ? parsed.data.error : null;
  return error === undefined || error === null ? null : parseFailure(error);
}
