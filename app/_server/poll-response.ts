import { followAnswer } from "@/lib/api/generations";
import { isTerminal } from "@/lib/streaming/chunk";
import { type Cursor, formatCursor } from "@/lib/streaming/cursor";
import { type Generation, isActive } from "@/lib/streaming/generation";
import { services } from "./services";

// Long enough for one look at the log of a busy database.
const waitMsMin = 250;

/** One step of the long poll: what is there after the cursor, or what comes first within `waitMs`. */
export async function pollResponse(
  generation: Generation,
  after: Cursor | null,
  waitMs: number,
  gone: AbortSignal,
): Promise<Response> {
  const { streaming } = services();
  const removeReader = streaming.readers.add(generation);
  const signal = AbortSignal.any([gone, AbortSignal.timeout(Math.max(waitMs, waitMsMin))]);
  try {
    const entries = streaming.follow(generation, after, signal)[Symbol.asyncIterator]();
    const next = await entries.next();
    await entries.return?.();
    const read = next.done ? [] : next.value;
    const last = read.at(-1);
    const now = (await streaming.get(generation.id)) ?? generation;
    const cursor = last?.cursor ?? formatCursor(after ?? { epoch: generation.epoch, seq: 0 });
    const isCaughtUp =
      !last && !isActive(now.status) && after?.epoch === now.epoch && after.seq >= now.lastSeq;
    return Response.json(
      followAnswer.answer.parse({
        generationId: generation.id,
        status: now.status,
        chunks: read.map(({ cursor: id, chunk }) => ({ id, chunk })),
        cursor,
        done: last ? isTerminal(last.chunk) : isCaughtUp,
      }),
      { headers: { "Cache-Control": "no-store", "X-Generation-Id": generation.id } },
    );
  } finally {
    removeReader();
  }
}
