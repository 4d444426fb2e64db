import { once } from "node:events";
import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import { pipeline } from "node:stream/promises";
import { afterEach, expect, test, vi } from "vitest";
import type { Reading } from "./reading";
import { type Framed, sseResponse } from "./sse";

afterEach(() => {
  vi.useRealTimers();
});

test("a reader whose network vanishes in mid-answer is let go after 45 s, and is sent ahead no more than the connection holds", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const source = endless();
  const reader = await connectReader(source);
  await once(reader.socket, "data");
  reader.socket.pause();
  await untilStill(() => source.yielded());
  const taken = source.yielded();
  expect(taken * frameBytes).toBeLessThan(kernelBytesMax);

  await vi.advanceTimersByTimeAsync(44_000);
  expect(source.hasLeft()).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(source.hasLeft()).toBe(true);
  expect(source.yielded(), "frames made for a reader who is gone").toBe(taken);
  reader.close();
});

test("a reader who is slow, and takes something now and then, is kept", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const source = endless();
  const reader = await connectReader(source);
  await once(reader.socket, "data");
  for (let round = 0; round < 4; round += 1) {
    reader.socket.pause();
    await untilStill(() => source.yielded());
    await vi.advanceTimersByTimeAsync(40_000);
    const before = source.yielded();
    reader.socket.resume();
    while (source.yielded() === before) await turn();
  }
  expect(source.hasLeft()).toBe(false);
  reader.close();
});

test("a reader who waits for an answer that stands still hears a heartbeat every 15 s, and is kept", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const left = vi.fn();
  const silent: AsyncIterable<readonly Framed[]> = {
    [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }),
  };
  const body = sseResponse(silent, { signal: new AbortController().signal, leave: left }).body?.getReader();
  for (let beat = 0; beat < 20; beat += 1) {
    const read = body?.read();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(new TextDecoder().decode((await read)?.value)).toMatch(/^: ping \d+\n\n$/);
  }
  expect(left).not.toHaveBeenCalled();
});

const frameBytes = 256 * 1024;

/** Far more than two sockets of one machine hold, and far less than what a fast model writes in 45 s. */
const kernelBytesMax = 32 * 1024 * 1024;

/** An answer that comes as fast as it is taken. */
function endless() {
  const leaving = new AbortController();
  const frame = new Uint8Array(frameBytes).fill(46);
  let yielded = 0;
  async function* items(): AsyncGenerator<readonly Framed[]> {
    while (!leaving.signal.aborted) {
      yielded += 1;
      yield [{ frame }];
    }
  }
  const reading: Reading = { signal: leaving.signal, leave: () => leaving.abort() };
  return { items, reading, yielded: () => yielded, hasLeft: () => leaving.signal.aborted };
}

/** Over a real connection, so that it is the kernel that takes what the reader does not. */
async function connectReader({ items, reading }: ReturnType<typeof endless>) {
  const server = createServer((_, response) => {
    const { body } = sseResponse(items(), reading);
    if (body) pipeline(body, response).catch(leave);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const socket: Socket = connect(port, "127.0.0.1");
  socket.on("error", leave);
  socket.write("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
  return {
    socket,
    close() {
      socket.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A connection that was let go ends as it does. */
function leave(): void {}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Nothing has changed in a thousand turns of the event loop. */
async function untilStill(value: () => number): Promise<void> {
  for (let before = value(), still = 0; still < 1_000; still += 1) {
    await turn();
    if (value() !== before) still = 0;
    before = value();
  }
}
