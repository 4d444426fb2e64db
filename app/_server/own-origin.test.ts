import { expect, test } from "vitest";
import { ownOrigin } from "./own-origin";

const origins = ["https://chat.example.org", "http://localhost:3000", "http://127.0.0.1:3000"];

test.each([
  ["chat.example.org", "https://chat.example.org"],
  ["localhost:3000", "http://localhost:3000"],
  ["127.0.0.1:3000", "http://127.0.0.1:3000"],
  ["evil.example", "https://chat.example.org"],
  ["localhost:3000.evil.example", "https://chat.example.org"],
])("a browser at %s comes back to %s", (host, origin) => {
  expect(ownOrigin(new Headers({ host }), origins)).toBe(origin);
});

test("without a host it is where the app is published", () => {
  expect(ownOrigin(new Headers(), origins)).toBe(origins[0]);
});
