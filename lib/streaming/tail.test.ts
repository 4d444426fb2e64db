import { expect, test } from "vitest";
import { createTail } from "./tail";

test("numbers go on from where the log stands, without gaps", () => {
  const tail = createTail(2, 40);
  expect(tail.push({ type: "start-step" })).toMatchObject({ seq: 41, cursor: "2.41" });
  expect(tail.push({ type: "finish-step" }).seq).toBe(42);
  expect(tail.after(41)?.map(({ seq }) => seq)).toEqual([42]);
  expect(tail.after(42)).toEqual([]);
});

test("what is not durable is never let go, and what was let go is a gap, not silence", () => {
  const tail = createTail(1, 0);
  for (let i = 0; i < 3000; i++) tail.push({ type: "text-delta", id: "t", delta: "x" });
  tail.release(10);
  expect(tail.after(0)).toHaveLength(3000);
  tail.release(2000);
  expect(tail.after(0)).toBeNull();
  expect(tail.after(2000)).toHaveLength(1000);
  tail.release(3000);
  expect(tail.after(2999)).toHaveLength(1);
});

test("a change that comes after asking and before waiting wakes", async () => {
  const tail = createTail(1, 0);
  const changed = tail.changed();
  tail.push({ type: "start-step" });
  await changed;
  const ended = tail.changed();
  tail.end();
  await ended;
  expect(tail.isEnded).toBe(true);
});

test("a frame is encoded once, with its cursor", () => {
  const entry = createTail(3, 6).push({ type: "text-delta", id: "t", delta: "é" });
  expect(new TextDecoder().decode(entry.frame)).toBe(
    'id: 3.7\ndata: {"type":"text-delta","id":"t","delta":"é"}\n\n',
  );
  expect(entry.frame).toBe(entry.frame);
});
