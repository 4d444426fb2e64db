import { expect, test } from "vitest";
import { pathAfter } from "./path-after";

test("a path of our own is kept with its query", () => {
  expect(pathAfter("/chat/abc?x=1")).toBe("/chat/abc?x=1");
});

test.each([
  "//evil.example/a",
  "/\\evil.example",
  "/\t/evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "chat/abc",
  "",
])("%j leads to the start page", (next) => {
  expect(pathAfter(next)).toBe("/");
});

test("a missing or repeated parameter leads to the start page", () => {
  expect(pathAfter(undefined)).toBe("/");
  expect(pathAfter(["/a", "/b"])).toBe("/");
});
