import fc from "fast-check";
import { expect, test } from "vitest";
import { maskKey } from "./mask-key";

test.each([
  ["sk-or-v1-0123456789abcdef0123456789abcdef9f2c", "sk-or-…9f2c"],
  ["sk-proj-0123456789abcdef0123456789abcdef9f2c", "sk-proj-…9f2c"],
  ["sk-0123456789abcdef0123456789abcdef9f2c", "sk-…9f2c"],
  ["0123456789abcdef0123456789abcdef9f2c", "…9f2c"],
  ["sk-0123456789ab", "sk-…ab"],
  ["ollama", "…"],
])("%s is shown as %s", (key, masked) => {
  expect(maskKey(key)).toBe(masked);
});

test("of no key more than four characters are shown behind its prefix", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\x21-\x7e]{1,100}$/), (key) => {
      const [prefix = "", end = ""] = maskKey(key).split(/…(?=[^…]*$)/);
      expect(prefix.length).toBeLessThanOrEqual(10);
      expect(end.length).toBeLessThanOrEqual(4);
      expect(prefix.length + end.length).toBeLessThanOrEqual(key.length);
    }),
  );
});
