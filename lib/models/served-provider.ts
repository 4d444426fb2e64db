import { isAppError } from "@/lib/errors/app-error";
import type { CatalogueModel } from "./catalogue";
import type { KeyRing, ModelKey } from "./key-ring";
import type { ModelSource } from "./model-source";
import type { ModelProvider, ModelRequest } from "./provider";
import { supportedSettings } from "./supported-settings";

/**
 * A source with the key of whoever asks. A request names the model as the catalogue does and may ask for more than
 * the model takes; what becomes of the key is noted.
 */
export function servedProvider({
  source,
  key,
  model,
  user,
  noteUse,
}: {
  source: ModelSource;
  key: ModelKey | null;
  model: CatalogueModel | null;
  /** A stable name of the person that tells nothing about them. */
  user: string;
  noteUse: KeyRing["noteUse"];
}): ModelProvider {
  const connection = source.connect(key?.apiKey ?? null);
  const { complete, bodyOf } = connection;

  function sent(request: ModelRequest): ModelRequest {
    return {
      ...request,
      model: request.model.startsWith(source.prefix)
        ? request.model.slice(source.prefix.length)
        : request.model,
      settings: supportedSettings(request.settings, model),
      user,
    };
  }

  function note(refusal: Parameters<KeyRing["noteUse"]>[1]): void {
    if (key?.credentialId) noteUse(key.credentialId, refusal);
  }

  function noteRefusal(error: unknown): void {
    if (isAppError(error) && (error.type === "key_invalid" || error.type === "provider_credits"))
      note(error.type);
  }

  const plain: ModelProvider = {
    ...connection,
    stream: (request, signal) => connection.stream(sent(request), signal),
    ...(complete && {
      complete: (request, signal, onUpstreamId) => complete(sent(request), signal, onUpstreamId),
    }),
    ...(bodyOf && { bodyOf: (request) => bodyOf(sent(request)) }),
  };
  // Of a key of the environment nothing is noted, and each chunk is spared a step.
  if (!key?.credentialId) return plain;

  return {
    ...plain,

    async *stream(request, signal) {
      let isTaken = false;
      try {
        for await (const chunk of plain.stream(request, signal)) {
          if (!isTaken) note(null);
          isTaken = true;
          yield chunk;
        }
      } catch (error) {
        noteRefusal(error);
        throw error;
      }
    },

    ...(complete && {
      async complete(request: ModelRequest, signal: AbortSignal, onUpstreamId?: (id: string) => void) {
        try {
          const completion = await complete(sent(request), signal, onUpstreamId);
          note(null);
          return completion;
        } catch (error) {
          noteRefusal(error);
          throw error;
        }
      },
    }),
  };
}
