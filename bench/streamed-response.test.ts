import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { openRawStream, type RawStream } from "./raw-stream";
import { readResponse } from "./streamed-response";

test("every event is found, wherever the network has cut the stream", async () => {
  const body = 'id: 1.1\ndata: {"a":1}\n\n: a comment\n\nid: 1.2\ndata: "é €"\n\ndata: [DONE]\n\n';
  const { stream, response } = await exchange();
  const bytes = Buffer.from(body);
  for (let at = 0; at < bytes.length; at += 1) response.write(bytes.subarray(at, at + 1));
  response.end();
  await stream.closed;

  const { status, frames, text } = readResponse(stream);

  expect(status).toBe(200);
  expect(frames.map(({ id, data }) => [id, data])).toEqual([
    ["1.1", '{"a":1}'],
    ["1.2", '"é €"'],
    [null, "[DONE]"],
  ]);
  expect(text).toBe(body);
});

test("an event has arrived when its last byte has", async () => {
  const arrived = Promise.withResolvers<void>();
  const { stream, response } = await exchange(() => arrived.resolve());
  response.write("data: one\n\ndata: tw");
  await arrived.promise;
  const betweenMs = performance.now();
  response.end("o\n\n");
  await stream.closed;

  const [one, two] = readResponse(stream).frames;

  expect(one?.data).toBe("one");
  expect(one?.atMs).toBeLessThanOrEqual(betweenMs);
  expect(two?.data).toBe("two");
  expect(two?.atMs).toBeGreaterThanOrEqual(betweenMs);
});

test("an answer that breaks off keeps the events it has brought", async () => {
  const { stream, response } = await exchange((read) => {
    if (read.bytes().includes("thr")) response.destroy();
  });
  response.write("data: one\n\ndata: two\n\ndata: thr");
  await stream.closed;

  expect(readResponse(stream).frames.map(({ data }) => data)).toEqual(["one", "two"]);
});

test("a server that is not there gives status 0", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  const stream = openRawStream({ url: new URL(`http://127.0.0.1:${port}`), method: "GET", cookie: null });
  await stream.closed;

  expect(readResponse(stream)).toMatchObject({ status: 0, frames: [] });
});

async function exchange(onRead?: (stream: RawStream) => void) {
  const asked = Promise.withResolvers<ServerResponse>();
  const server = createServer((_, response) => asked.resolve(response)).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const url = new URL(`http://127.0.0.1:${port}`);
  const stream = openRawStream({ url, method: "POST", cookie: null, body: {}, onRead });
  return { stream, response: await asked.promise };
}
