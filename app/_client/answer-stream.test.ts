import type { UIMessageChunk } from "ai";
import { expect, test } from "vitest";
import { type AnswerEnd, streamAnswer } from "./answer-stream";

const start = 'id: 1.1\ndata: {"type":"start","messageId":"a"}\n\n';
const finish = 'id: 1.9\ndata: {"type":"finish"}\n\ndata: [DONE]\n\n';

test("an answer ends with its terminal chunk", async () => {
  const { texts, end, cursors } = await follow([sse(start, delta("1.2", "one"), finish)]);
  expect(texts).toEqual(["one"]);
  expect(end).toBe("ended");
  expect(cursors).toEqual([]);
});

test("a response that ends without a terminal chunk was cut: the rest is fetched from the cursor, nothing twice", async () => {
  const { texts, end, cursors } = await follow([
    sse(start, delta("1.2", "one"), delta("1.3", "two")),
    sse(delta("1.4", "three"), finish),
  ]);
  expect(texts).toEqual(["one", "two", "three"]);
  expect(end).toBe("ended");
  expect(cursors).toEqual(["1.3"]);
});

test("a connection that breaks is the same as one that ends early", async () => {
  const broken = new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(start + delta("1.2", "one")));
      },
      pull(controller) {
        controller.error(new TypeError("network error"));
      },
    }),
  );
  const { texts, cursors } = await follow([broken, sse(delta("1.3", "two"), finish)]);
  expect(texts).toEqual(["one", "two"]);
  expect(cursors).toEqual(["1.2"]);
});

test("a server that is down for a moment is asked again, later each time", async () => {
  const { texts, end, waits } = await follow([
    sse(start, delta("1.2", "one")),
    new Response(null, { status: 503 }),
    new TypeError("Failed to fetch"),
    sse(finish),
  ]);
  expect(texts).toEqual(["one"]);
  expect(end).toBe("ended");
  expect(waits).toHaveLength(3);
  expect(waits.map((ms) => ms >= 375)).toEqual([true, true, true]);
  expect(waits[2]).toBeGreaterThan(waits[0] ?? Number.POSITIVE_INFINITY);
});

test("a chunk that arrives starts the patience anew", async () => {
  const cuts = Array.from({ length: 8 }, (_, index) => sse(delta(`1.${index + 2}`, String(index))));
  const { texts, end } = await follow([sse(start), ...cuts, sse(finish)]);
  expect(texts).toHaveLength(8);
  expect(end).toBe("ended");
});

test("nobody to be reached for long enough ends as lost", async () => {
  const { end, cursors } = await follow([
    sse(start, delta("1.2", "one")),
    ...Array.from({ length: 4 }, () => new TypeError("Failed to fetch")),
  ]);
  expect(end).toBe("lost");
  expect(cursors).toEqual(["1.2", "1.2", "1.2", "1.2"]);
});

test("a stream that begins again says so, and adds nothing to what is there", async () => {
  const { texts, end } = await follow([
    sse(start, delta("1.2", "one")),
    sse('id: 2.1\ndata: {"type":"start","messageId":"a"}\n\n', delta("2.2", "one and more")),
  ]);
  expect(texts).toEqual(["one"]);
  expect(end).toBe("restarted");
});

test.each([204, 404, 410])("status %i on the way back ends as gone", async (status) => {
  const { end } = await follow([sse(start), new Response(null, { status })]);
  expect(end).toBe("gone");
});

test("leaving is no lost connection", async () => {
  const leaving = new AbortController();
  const first = new Response(
    new ReadableStream({
      pull(controller) {
        leaving.abort();
        controller.error(leaving.signal.reason);
      },
    }),
  );
  const chunks = streamAnswer({
    first,
    signal: leaving.signal,
    wait: () => Promise.reject(new Error("must not wait")),
    reconnect: () => Promise.reject(new Error("must not reconnect")),
  });
  await expect(chunks.next()).rejects.toThrow("abort");
});

function delta(id: string, text: string): string {
  return `id: ${id}\ndata: ${JSON.stringify({ type: "text-delta", id: "t", delta: text })}\n\n`;
}

function sse(...frames: string[]): Response {
  return new Response(frames.join(""), { headers: { "Content-Type": "text/event-stream" } });
}

async function follow(connections: readonly (Response | Error)[]) {
  const [first, ...rest] = connections;
  if (!(first instanceof Response)) throw new Error("the first connection is there");
  const cursors: (string | null)[] = [];
  const waits: number[] = [];
  const chunks = streamAnswer({
    first,
    signal: undefined,
    async wait(ms) {
      waits.push(ms);
    },
    async reconnect(cursor) {
      cursors.push(cursor);
      const next = rest.shift();
      if (next instanceof Response) return next;
      throw next ?? new Error("one connection too many");
    },
  });
  const { texts, end } = await collect(chunks);
  return { texts, end, cursors, waits };
}

async function collect(chunks: AsyncGenerator<UIMessageChunk, AnswerEnd, void>) {
  const texts: string[] = [];
  for (;;) {
    const next = await chunks.next();
    if (next.done) return { texts, end: next.value };
    if (next.value.type === "text-delta") texts.push(next.value.delta);
  }
}
