import type { Cursor } from "@/lib/streaming/cursor";
import type { Generation } from "@/lib/streaming/generation";
import { services } from "./services";
import { sseResponse } from "./sse";

/** Follows an answer as Server-Sent Events until it ends or the reader leaves. The answer goes on without them. */
export function followResponse(generation: Generation, after: Cursor | null, gone: AbortSignal): Response {
  const { streaming } = services();
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  gone.addEventListener("abort", leave, { once: true });
  if (gone.aborted) leave();
  const removeReader = streaming.readers.add(generation.id);
  let hasLeft = false;

  const entries = streaming.follow(generation, after, leaving.signal)[Symbol.asyncIterator]();
  return sseResponse(generation.id, entries, () => {
    if (hasLeft) return;
    hasLeft = true;
    leave();
    gone.removeEventListener("abort", leave);
    removeReader();
  });
}
