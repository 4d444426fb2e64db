import { isAppError } from "@/lib/errors/app-error";
import { isTerminal } from "@/lib/streaming/chunk";
import type { Cursor } from "@/lib/streaming/cursor";
import type { Entry } from "@/lib/streaming/entry";
import type { Generation } from "@/lib/streaming/generation";
import { openReading } from "./reading";
import { services } from "./services";
import { type Framed, sseResponse } from "./sse";

const done: Framed = { frame: new TextEncoder().encode("data: [DONE]\n\n") };

/** Follows an answer as Server-Sent Events until it ends or the reader leaves. The answer goes on without them. */
export function followResponse(
  generation: Generation,
  after: Cursor | null,
  reader: { sessionId: string; request: Request },
): Response {
  const { streaming } = services();
  const removeReader = streaming.readers.add(generation);
  const reading = openReading(reader, removeReader, streaming.openMsMax);
  const entries = streaming.follow(generation, after, reading.signal);
  return sseResponse(withDone(entries), reading, {
    "X-Generation-Id": generation.id,
    "x-vercel-ai-ui-message-stream": "v1",
  });
}

/** `[DONE]` follows a terminal chunk only: without it the reader has to come back. */
async function* withDone(entries: AsyncIterable<readonly Entry[]>): AsyncGenerator<readonly Framed[]> {
  try {
    for await (const some of entries) {
      yield some.some(({ chunk }) => isTerminal(chunk)) ? [...some, done] : some;
    }
  } catch (error) {
    // Lost after the response had begun, with a Redis that came back empty: the reader comes back, and is told by a 410.
    if (!isAppError(error) || error.type !== "gone") throw error;
  }
}
