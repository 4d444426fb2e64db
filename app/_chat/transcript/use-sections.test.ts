import { expect, test } from "vitest";
import { sectionsFrom } from "./use-sections";

test("sections hold every message once, in order", () => {
  for (const origin of [0, 1, 19, 20, 21, 305]) {
    const places = sectionsFrom(origin, 400).flatMap(({ start, end }) =>
      Array.from({ length: end - start }, (_, index) => start + index),
    );
    expect(places).toEqual(Array.from({ length: 400 }, (_, index) => index));
  }
});

test("a message stays in its section when earlier ones are loaded and new ones come", () => {
  const keyOf = (origin: number, count: number, index: number) =>
    sectionsFrom(origin, count).find(({ start, end }) => start <= index && index < end)?.key;
  for (const index of [0, 19, 20, 99]) {
    expect(keyOf(200, 300, 200 + index)).toBe(keyOf(0, 100, index));
    expect(keyOf(301, 450, 301 + index)).toBe(keyOf(0, 100, index));
  }
  expect(keyOf(301, 401, 101)).toBe(keyOf(200, 300, 0));
});
