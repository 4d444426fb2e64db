import { expect, test } from "vitest";
import { createReaders } from "./readers";

test("the twenty-first reader of an answer is refused until another one leaves", () => {
  const readers = createReaders();
  const leave = Array.from({ length: 20 }, () => readers.add({ id: "g", userId: "ada" }));
  expect(() => readers.add({ id: "g", userId: "ada" })).toThrow(
    expect.objectContaining({ type: "rate_limited" }),
  );
  leave[0]?.();
  leave[0]?.();
  expect(readers.count("g")).toBe(19);
  readers.add({ id: "g", userId: "ada" });
});

test("a person has at most fifty readers, over all answers", () => {
  const readers = createReaders();
  for (let i = 0; i < 50; i++) readers.add({ id: `g${i}`, userId: "ada" });
  expect(() => readers.add({ id: "g99", userId: "ada" })).toThrow(
    expect.objectContaining({ type: "rate_limited" }),
  );
  readers.add({ id: "g99", userId: "bob" });
});
