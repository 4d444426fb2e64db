import type { Actor } from "@/lib/accounts/actor";
import { AppError } from "@/lib/errors/app-error";
import type { NumberedEvent } from "@/lib/events/user-event";
import { openReading } from "./reading";
import { services } from "./services";
import { type Framed, sseResponse } from "./sse";

// Below the five minutes after which platforms cut a response; whoever comes back is checked again.
const openMsMax = 240_000;
const encoder = new TextEncoder();

/**
 * What happens in the person's chats, ids only. `lastEventId` is the number of the last event that was seen; without
 * one it is told what happens after the response has begun.
 */
export async function eventsResponse(
  actor: Actor,
  lastEventId: string | null,
  reader: { sessionId: string; request: Request },
): Promise<Response> {
  if (lastEventId !== null && !/^\d{1,15}$/.test(lastEventId)) {
    throw new AppError("invalid_request", "malformed event id", { details: { field: "Last-Event-ID" } });
  }
  const { events, streaming } = services();
  const after = lastEventId === null ? await events.lastSeq(actor.userId) : Number(lastEventId);
  const msMax = Math.min(openMsMax, streaming.openMsMax ?? openMsMax);
  const reading = openReading(reader, events.readers.add(actor.userId), msMax);
  return sseResponse(framed(events.feed.follow(actor.userId, after, reading.signal)), reading);
}

async function* framed(events: AsyncIterable<readonly NumberedEvent[]>): AsyncGenerator<readonly Framed[]> {
  for await (const some of events) {
    yield some.map(({ seq, event }) => ({
      frame: encoder.encode(`id: ${seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
    }));
  }
}
