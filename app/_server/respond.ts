import { createId } from "@/lib/chats/id";
import { isAppError } from "@/lib/errors/app-error";
import { type ChatError, httpStatusOf, toChatError } from "@/lib/errors/chat-error";
import { t } from "@/lib/i18n/server-translator";
import { requestContext } from "./request-context";
import { services } from "./services";

/**
 * The frame around every handler: a request id in the log and in the answer, one line in the
 * log, and every failure as `{ error: ChatError }`.
 */
export function respond(request: Request, path: string, handle: () => Promise<Response>): Promise<Response> {
  const requestId = createId();
  return requestContext.run({ requestId }, async () => {
    const since = performance.now();
    const response = await handle().catch((error: unknown) => failure(error, requestId));
    response.headers.set("X-Request-Id", requestId);
    services().log.info(
      { method: request.method, path, status: response.status, ms: Math.round(performance.now() - since) },
      "request",
    );
    return response;
  });
}

/** A failure in the words of the person who caused or suffers it, under the current request's id. */
export function explainError(error: unknown): ChatError {
  return toChatError(error, requestContext.getStore()?.requestId ?? createId(), t);
}

function failure(error: unknown, requestId: string): Response {
  const chatError = toChatError(error, requestId, t);
  if (!isAppError(error)) services().log.error({ error }, "request failed");
  else if (error.cause) services().log.warn({ error }, "request refused");
  const headers = new Headers();
  if (chatError.retryAfterMs !== null) {
    headers.set("Retry-After", String(Math.ceil(chatError.retryAfterMs / 1000)));
  }
  return Response.json({ error: chatError }, { status: httpStatusOf(chatError.type), headers });
}
