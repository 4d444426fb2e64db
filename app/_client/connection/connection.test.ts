import { expect, test } from "vitest";
import { createTestConnection } from "./connection-testing";

test("a line that is cut shows as reconnecting until something comes over it", () => {
  const { connection } = createTestConnection();
  const line = connection.openLine();
  line.lost();
  expect(connection.state()).toBe("reconnecting");
  line.alive();
  expect(connection.state()).toBe("live");
  line.lost();
  line.close();
  expect(connection.state()).toBe("live");
});

test("a network that is gone shows as offline, until something comes all the same", () => {
  const { connection, change } = createTestConnection();
  connection.subscribe(() => {});
  const line = connection.openLine();
  change({ isOnline: false });
  expect(connection.state()).toBe("offline");
  line.alive();
  expect(connection.state()).toBe("live");
});

test("a stream that is held back is polled for two minutes", () => {
  const { connection, elapse } = createTestConnection();
  connection.holdsBack();
  expect([connection.mode(), connection.state()]).toEqual(["poll", "polling"]);
  elapse(120_001);
  expect([connection.mode(), connection.state()]).toEqual(["stream", "live"]);
});

test("a network that comes back is tried with a stream again", () => {
  const { connection, change } = createTestConnection();
  connection.subscribe(() => {});
  connection.holdsBack();
  change({ isOnline: false });
  change({ isOnline: true });
  expect(connection.mode()).toBe("stream");
});

test("a pause grows from half a second to fifteen and no further", async () => {
  const { connection, elapse } = createTestConnection();
  for (const [failures, ms] of [
    [0, 500],
    [3, 4000],
    [5, 15_000],
    [60, 15_000],
  ] as const) {
    let isOver = false;
    const paused = connection.pause(failures).then(() => {
      isOver = true;
    });
    elapse(ms - 1);
    await Promise.resolve();
    expect(isOver).toBe(false);
    elapse(1);
    await paused;
  }
});

test("a pause is over when the network comes back, and when there is news", async () => {
  const { connection, change } = createTestConnection();
  change({ isOnline: false });
  const first = connection.pause(9);
  change({ isOnline: true });
  await first;
  const second = connection.pause(9);
  connection.wake();
  await second;
});

test("a pause ends with whoever leaves", async () => {
  const { connection } = createTestConnection();
  const leaving = new AbortController();
  const paused = connection.pause(0, leaving.signal);
  leaving.abort();
  await expect(paused).rejects.toThrow();
});

test("a page out of sight is told to let go after a while, and not when it comes back before", () => {
  const { connection, change, elapse } = createTestConnection();
  const brief = connection.whileVisible();
  change({ isVisible: false });
  elapse(9000);
  change({ isVisible: true });
  elapse(9000);
  expect(brief.signal.aborted).toBe(false);
  change({ isVisible: false });
  elapse(10_000);
  expect(brief.signal.aborted).toBe(true);
});
