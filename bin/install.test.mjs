import { expect, test } from "vitest";
import { covers } from "./install.mjs";

const locked = {
  "": { name: "parley" },
  "node_modules/next": { version: "16.4.6" },
  "node_modules/@next/swc-darwin-arm64": { version: "16.4.6", optional: true },
};

test("packages for other systems may be missing", () => {
  expect(covers({ "node_modules/next": { version: "16.4.6" } }, locked)).toBe(true);
});

test("a package that is missing or of another version asks for an install", () => {
  expect(covers({}, locked)).toBe(false);
  expect(covers({ "node_modules/next": { version: "16.4.5" } }, locked)).toBe(false);
});
