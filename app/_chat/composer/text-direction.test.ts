import { expect, test } from "vitest";
import { directionOf } from "./text-direction";

test("a short text is left to the browser", () => {
  expect(directionOf("שלום")).toBe("auto");
});

test("a long text goes as its first letter goes", () => {
  expect(directionOf(`1. ${"word ".repeat(3000)}`)).toBe("ltr");
  expect(directionOf(`12 – ${"שלום ".repeat(3000)}`)).toBe("rtl");
  expect(directionOf("مرحبا ".repeat(3000))).toBe("rtl");
  expect(directionOf("-".repeat(20_000))).toBe("ltr");
});
