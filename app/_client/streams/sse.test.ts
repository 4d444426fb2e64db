import { expect, test } from "vitest";
import { type Frame, readSse } from "./sse";

test("frames come with their ids, and comments and unknown fields are passed over", async () => {
  const frames = await framesOf([
    ': hello\n\nevent: x\nretry: 5\nid: 1.1\ndata: {"a":1}\n\n',
    "id: 1.2\ndata: one\ndata: two\n\n: ping\n\ndata:bare\n\n",
  ]);
  expect(frames).toEqual([
    { id: "1.1", data: '{"a":1}' },
    { id: "1.2", data: "one\ntwo" },
    { id: null, data: "bare" },
  ]);
});

test("a frame reads the same however the network cuts it, in the middle of a character too", async () => {
  const bytes = new TextEncoder().encode("id: 7\r\ndata: père 👩‍👩‍👧\r\n\r\nid: 8\rdata: x\r\r");
  for (let size = 1; size <= bytes.length; size += 1) {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
    pieces.push(new TextEncoder().encode("\n"));
    expect(await framesOf(pieces)).toEqual([
      { id: "7", data: "père 👩‍👩‍👧" },
      { id: "8", data: "x" },
    ]);
  }
});

test("half a frame at the end is no frame", async () => {
  expect(await framesOf(["data: whole\n\ndata: ha"])).toEqual([{ id: null, data: "whole" }]);
});

test("a stream that falls silent for too long throws, and is closed", async () => {
  let isClosed = false;
  const silent = new ReadableStream<Uint8Array>({
    cancel() {
      isClosed = true;
    },
  });
  await expect(readSse(silent, { silenceMsMax: 5 }).next()).rejects.toThrow("silent");
  expect(isClosed).toBe(true);
});

test("whoever leaves the loop closes the stream", async () => {
  let isClosed = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode("data: x\n\n")),
    cancel() {
      isClosed = true;
    },
  });
  for await (const _ of readSse(endless, { silenceMsMax: 1000 })) break;
  expect(isClosed).toBe(true);
});

async function framesOf(pieces: readonly (string | Uint8Array)[]): Promise<Frame[]> {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces)
        controller.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece);
      controller.close();
    },
  });
  const frames: Frame[] = [];
  for await (const frame of readSse(body, { silenceMsMax: 1000 })) frames.push(frame);
  return frames;
}
