import type { UIMessageChunk } from "ai";
import { expect, test } from "vitest";
import { createTestConnection } from "@/app/_client/connection/connection-testing";
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
  expect(waits).toEqual([0, 1, 2]);
});

test("a chunk that arrives starts the patience anew", async () => {
  const cuts = Array.from({ length: 8 }, (_, index) => sse(delta(`1.${index + 2}`, String(index))));
  const { texts, end, waits } = await follow([sse(start), ...cuts, sse(finish)]);
  expect(texts).toHaveLength(8);
  expect(end).toBe("ended");
  expect(new Set(waits)).toEqual(new Set([0]));
});

test("nobody to be reached is no end: it is tried for as long as it takes", async () => {
  const { end, cursors } = await follow([
    sse(start, delta("1.2", "one")),
    ...Array.from({ length: 100 }, () => new TypeError("Failed to fetch")),
    sse(delta("1.3", "two"), finish),
  ]);
  expect(end).toBe("ended");
  expect(new Set(cursors)).toEqual(new Set(["1.2"]));
});

test("an answer that is polled goes on from the same cursor, step by step and without pauses", async () => {
  const { texts, end, cursors, waits } = await follow([
    sse(start, delta("1.2", "one")),
    json([["1.3", "two"]]),
    json([]),
    sse(delta("1.4", "three"), finish),
  ]);
  expect(texts).toEqual(["one", "two", "three"]);
  expect(end).toBe("ended");
  expect(cursors).toEqual(["1.2", "1.3", "1.3"]);
  expect(waits).toEqual([0]);
});

test("pings in a bunch make it poll at once", async () => {
  const { test, follow } = following([
    sse(start, ": ping 1000\n\n", ": ping 16000\n\n", delta("1.2", "never read")),
    json([["1.2", "one"]]),
    json([], true),
  ]);
  const { texts } = await follow();
  expect(texts).toEqual(["one"]);
  expect(test.waits).toEqual([]);
  expect(test.connection.mode()).toBe("poll");
});

test("a stream that is known to be held back is not waited for", async () => {
  const silent = new Response(new ReadableStream(), { headers: { "Content-Type": "text/event-stream" } });
  const { test, follow, cursors } = following([
    silent,
    json([
      ["1.2", "one"],
      ["1.3", "two"],
    ]),
    json([], true),
  ]);
  test.connection.holdsBack();
  const { texts, end } = await follow();
  expect(texts).toEqual(["one", "two"]);
  expect([end, cursors]).toEqual(["gone", [null, "1.3"]]);
});

test("a page out of sight holds no stream, and goes on from the cursor when it is looked at", async () => {
  const endless = new Response(
    new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode(start + delta("1.2", "one"))),
    }),
    { headers: { "Content-Type": "text/event-stream" } },
  );
  const { test, follow, cursors } = following([endless, sse(delta("1.3", "two"), finish)]);
  const followed = follow();
  await Promise.resolve();
  test.change({ isVisible: false });
  test.elapse(10_000);
  await new Promise((resolve) => setImmediate(resolve));
  expect(cursors).toEqual([]);
  test.change({ isVisible: true });
  const { texts, end } = await followed;
  expect(cursors).toEqual(["1.2"]);
  expect([texts, end]).toEqual([["one", "two"], "ended"]);
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
    connection: createTestConnection().connection,
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

function json(chunks: readonly (readonly [string, string])[], done = false): Response {
  return Response.json({
    generationId: "g",
    status: "streaming",
    chunks: chunks.map(([id, text]) => ({ id, chunk: { type: "text-delta", id: "t", delta: text } })),
    cursor: chunks.at(-1)?.[0] ?? "1.1",
    done,
  });
}

async function follow(connections: readonly (Response | Error)[]) {
  const { test, follow, cursors } = following(connections);
  return { ...(await follow()), cursors, waits: test.waits };
}

function following(connections: readonly (Response | Error)[]) {
  const [first, ...rest] = connections;
  if (!(first instanceof Response)) throw new Error("the first connection is there");
  const cursors: (string | null)[] = [];
  const test = createTestConnection();
  const chunks = streamAnswer({
    first,
    signal: undefined,
    connection: test.impatient,
    async reconnect(cursor) {
      cursors.push(cursor);
      const next = rest.shift();
      if (next instanceof Response) return next;
      throw next ?? new Error("one connection too many");
    },
  });
  return { test, cursors, follow: () => collect(chunks) };
}

async function collect(chunks: AsyncGenerator<UIMessageChunk, AnswerEnd, void>) {
  const texts: string[] = [];
  for (;;) {
    const next = await chunks.next();
    if (next.done) return { texts, end: next.value };
    if (next.value.type === "text-delta") texts.push(next.value.delta);
  }
}
