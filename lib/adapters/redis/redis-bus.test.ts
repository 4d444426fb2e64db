import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { type LogFields, silentLog } from "@/lib/diagnostics/log";
import type { Topic } from "@/lib/events/bus";
import { createRedisBus } from "./redis-bus";
import { type RedisServer, startRedisServer } from "./testing/redis-server";

// For what is sure to come, on a machine that has much else to do.
const patience = 10_000;

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});

afterAll(() => server.kill());

test("what one process tells wakes those of another who wait for it, and nobody else", async () => {
  const [here, there] = [await openBus(), await openBus()];
  const wakes = await waitOn(there, "generation:a");
  const others = await waitOn(there, "generation:b");
  here.publish("generation:a");
  await vi.waitFor(() => expect(wakes.count()).toBe(1), patience);
  expect(others.count()).toBe(0);
});

test("who waits in the same process is woken at once, and not a second time by Redis", async () => {
  const [here, there] = [await openBus(), await openBus()];
  const [own, remote] = [await waitOn(here, "user:ada"), await waitOn(there, "user:ada")];
  here.publish("user:ada");
  expect(own.count()).toBe(1);
  await vi.waitFor(() => expect(remote.count()).toBe(1), patience);
  there.publish("user:ada");
  await there.check();
  await here.check();
  expect(own.count()).toBe(2);
});

test("what a process tells before it ends still arrives", async () => {
  const [here, there] = [await openBus(), await openBus()];
  const wakes = await waitOn(there, "handed-over");
  here.publish("handed-over");
  await here.close();
  await vi.waitFor(() => expect(wakes.count()).toBe(1), patience);
});

test("who no longer waits is not woken, and others of the topic still are", async () => {
  const [here, there] = [await openBus(), await openBus()];
  const [gone, still] = [await waitOn(there, "user:ada"), await waitOn(there, "user:ada", 0)];
  gone.end();
  gone.end();
  here.publish("user:ada");
  await vi.waitFor(() => expect(still.count()).toBe(1), patience);
  expect(gone.count()).toBe(0);
});

test("while Redis is away everybody is woken to look, and when it is back wake-ups arrive again", async () => {
  const [here, there] = [await openBus(), await openBus()];
  const wakes = await waitOn(there, "generation:a");
  await server.kill();
  await expect(there.check()).rejects.toMatchObject({ type: "unavailable" });
  await vi.waitFor(() => expect(wakes.count()).toBeGreaterThan(2), patience);
  await server.start();
  await vi.waitFor(() => expect(there.check()).resolves.toBe("Redis"), patience);
  await vi.waitFor(() => expect(here.check()).resolves.toBe("Redis"), patience);
  wakes.reset();
  here.publish("generation:a");
  await vi.waitFor(() => expect(wakes.count()).toBe(1), patience);
});

test("a server that falls silent is noticed within seconds", async () => {
  const bus = await openBus();
  const wakes = await waitOn(bus, "generation:a");
  server.pause();
  onTestFinished(() => server.resume());
  await vi.waitFor(() => expect(wakes.count()).toBeGreaterThan(1), 8_000);
});

test("a bus opened while Redis is away joins it when it comes", async () => {
  await server.kill();
  const [here, there] = await Promise.all([openBus(), openBus()]);
  const wakes = await waitOn(there, "generation:a", 0);
  await server.start();
  await vi.waitFor(() => expect(there.check()).resolves.toBe("Redis"), patience);
  await vi.waitFor(() => expect(here.check()).resolves.toBe("Redis"), patience);
  wakes.reset();
  here.publish("generation:a");
  await vi.waitFor(() => expect(wakes.count()).toBe(1), patience);
});

test("no log line holds the password, right or wrong", async () => {
  const guarded = await startRedisServer("--requirepass", "correct-horse");
  onTestFinished(() => guarded.kill());
  const printed = [vi.spyOn(console, "warn"), vi.spyOn(console, "error")];
  const lines: LogFields[] = [];
  const warn = (fields: LogFields) => void lines.push(fields);
  const address = guarded.url.slice("redis://".length);
  for (const password of ["correct-horse", "battery-staple"]) {
    const bus = await createRedisBus({ url: `redis://:${password}@${address}`, log: { ...silentLog, warn } });
    onTestFinished(() => bus.close());
  }
  await guarded.kill();
  await vi.waitFor(() => expect(lines).toHaveLength(4), patience);
  const told = JSON.stringify([lines, printed.map(({ mock }) => mock.calls)]);
  expect(told).toContain("WRONGPASS");
  expect(told).not.toMatch(/correct-horse|battery-staple/);
});

async function openBus() {
  const bus = await createRedisBus({ url: server.url, log: silentLog });
  onTestFinished(() => bus.close());
  return bus;
}

/** Counts wake-ups from the moment on at which they can arrive. */
async function waitOn(bus: Awaited<ReturnType<typeof openBus>>, topic: Topic, subscribedWakes = 1) {
  const woken = vi.fn();
  const end = bus.subscribe(topic, woken);
  await vi.waitFor(() => expect(woken.mock.calls.length).toBeGreaterThanOrEqual(subscribedWakes), patience);
  woken.mockClear();
  return { count: () => woken.mock.calls.length, reset: () => woken.mockClear(), end };
}
