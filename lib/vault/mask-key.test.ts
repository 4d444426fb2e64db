import fc from "fast-check";
import { expect, test } from "vitest";
import { maskKey } from "./mask-key";

test.each([
  ["sk-or-v1-0123456789abcdef0123456789abcdef9f2c", "sk-or-…9f2c"],
  ["sk-proj-0123456789abcdef0123456789abcdef9f2c", "sk-proj-…9f2c"],
  ["sk-0123456789abcdef0123456789abcdef9f2c", "sk-…9f2c"],
  ["0123456789abcdef0123456789abcdef9f2c", "…9f2c"],
  ["sk-0123456789ab", "sk-…ab"],
  ["abcd-efgh-ij", "…ij"],
  ["sk-or-0123456789", "…89"],
  ["0123456789a", "…"],
  ["ollama", "…"],
])("%s is shown as %s", (key, masked) => {
  expect(maskKey(key)).toBe(masked);
});

test("of no key more than a third is shown, nor more than four characters of its end, and ten are hidden", () => {
  const prefix = fc.constantFrom("", "sk-", "sk-or-", "sk-proj-", "ab-", "abcd-efgh-");
  const rest = fc.stringMatching(/^[\x21-\x7e]{1,100}$/);
  fc.assert(
    fc.property(prefix, rest, (start, text) => {
      const key = start + text;
      const masked = maskKey(key);
      const [shownStart = "", shownEnd = ""] = masked.split(/…(?=[^…]*$)/);
      const shown = shownStart.length + shownEnd.length;
      expect(masked).toBe(`${key.slice(0, shownStart.length)}…${key.slice(key.length - shownEnd.length)}`);
      expect(shown).toBeLessThanOrEqual(key.length / 3);
      expect(shownEnd.length).toBeLessThanOrEqual(4);
      if (shown > 0) expect(key.length - shown).toBeGreaterThanOrEqual(10);
    }),
  );
});
