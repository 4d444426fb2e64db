import { ChatFailure, connectionLost } from "@/app/_client/chat-failure";
import type { Connection } from "@/app/_client/connection/connection";
import { chatErrorSchema } from "@/lib/errors/chat-error";

/** The server could not be asked at all: whether it has the question is not known, and asking again is safe. */
export class Unreachable extends ChatFailure {}

export interface Posting {
  /** Sends the request; the idempotency key in it makes every sending the same one. */
  send(signal: AbortSignal): Promise<Response>;
  /** Asked when no headers come: whether the server has the question all the same. */
  hasArrived(signal: AbortSignal): Promise<boolean>;
  connection: Connection;
  signal: AbortSignal | undefined;
  /** Resolves after `ms`. */
  sleep(ms: number): Promise<void>;
}

/**
 * Posts until somebody answers with headers, and never after. `arrived` is for a response that
 * something on the way keeps to itself: the question is there, and its answer can be fetched.
 * Throws `Unreachable` when it is tried in vain a few times over.
 */
export async function post({
  send,
  hasArrived,
  connection,
  signal,
  sleep,
}: Posting): Promise<Response | "arrived"> {
  for (let failures = 0; ; failures += 1) {
    const attempt = new AbortController();
    const both = signal ? AbortSignal.any([signal, attempt.signal]) : attempt.signal;
    let isOver = false;
    const sent = send(both).then(
      async (response) => ((await isGateway(response)) ? null : response),
      () => null,
    );
    const probed = (async () => {
      for (;;) {
        await sleep(connection.mode() === "poll" ? probeMs / 5 : probeMs);
        if (isOver) return null;
        if (await hasArrived(both).catch(() => false)) return "arrived" as const;
      }
    })();
    const outcome = await Promise.race([sent, probed]);
    isOver = true;
    signal?.throwIfAborted();
    if (outcome === "arrived") {
      attempt.abort();
      connection.holdsBack();
    }
    if (outcome !== null) return outcome;
    if (failures >= retriesMax || !connection.presence.isOnline()) throw new Unreachable(connectionLost());
    await connection.pause(failures, signal);
  }
}

/** What a proxy says when the server behind it is away; a refusal of our own says so in its body. */
async function isGateway(response: Response): Promise<boolean> {
  if (![502, 503, 504].includes(response.status)) return false;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  const error = typeof body === "object" && body !== null && "error" in body ? body.error : null;
  return !chatErrorSchema.safeParse(error).success;
}

/** Headers come once the question is stored, well within this. */
const probeMs = 5000;

/** Some four seconds; then the question waits in sight instead. */
const retriesMax = 3;
