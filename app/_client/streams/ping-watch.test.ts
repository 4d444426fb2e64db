import { expect, test } from "vitest";
import { createPingWatch, HeldBack } from "./ping-watch";

test("pings that arrive as they were sent say nothing, however the clocks differ", () => {
  let now = 5_000_000;
  const onComment = createPingWatch(() => now);
  for (let sent = 1_000; sent < 100_000; sent += 15_000) {
    expect(() => onComment(`ping ${sent}`)).not.toThrow();
    now += 15_000;
  }
});

test("pings that arrive in a bunch were held back", () => {
  const onComment = createPingWatch(() => 40_000);
  onComment("ping 10000");
  expect(() => onComment("ping 25000")).toThrow(HeldBack);
});

test("a ping that comes much later than the one before it was held back", () => {
  let now = 0;
  const onComment = createPingWatch(() => now);
  onComment("ping 0");
  now = 18_100;
  expect(() => onComment("ping 15000")).toThrow(HeldBack);
});

test("other comments are none of its business", () => {
  const onComment = createPingWatch(() => 0);
  onComment("hello");
  expect(() => onComment("ping soon")).not.toThrow();
});
