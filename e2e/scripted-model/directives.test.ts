import { expect, test } from "vitest";

import { applyDirectives } from "./directives.ts";
import { isErrorName } from "./errors.ts";
import { plainScript } from "./script.ts";

const apply = (text: string) => applyDirectives(plainScript, text);

test("numbers, flags and texts change the script, and the rest of the message stays", () => {
  const { script, rest, hasDirectives } = apply("Before [[tokens=5 interval=20 split]] after");
  expect(script).toMatchObject({ tokens: 5, intervalMs: 20, isSplit: true, text: { kind: "words" } });
  expect(rest).toBe("Before  after");
  expect(hasDirectives).toBe(true);
});

test("several blocks add up, and the later one wins", () => {
  expect(apply("[[tokens=5 delay=7]] and [[tokens=6]]").script).toMatchObject({ tokens: 6, delayMs: 7 });
});

test("a double-quoted value may hold spaces, brackets, quotes and line breaks", () => {
  expect(apply('[[say="a ]] b \\"c\\"\\nd"]]').script.text).toEqual({
    kind: "literal",
    text: 'a ]] b "c"\nd',
  });
});

test("a single-quoted value stands as it is, so that JSON needs no escapes", () => {
  expect(apply(`[[tool=add args='{"a":[1,[2]]}']]`).script.toolCalls).toEqual([
    { name: "add", arguments: '{"a":[1,[2]]}' },
  ]);
});

test("double brackets that are no directive stay text", () => {
  const notes = "See [[Home page]], [[home]], a[[0]], [[ and ]] and [[";
  expect(apply(notes)).toEqual({ script: plainScript, rest: notes, hasDirectives: false });
});

test("a misspelt directive is named instead of ignored", () => {
  expect(() => apply("[[token=5]]")).toThrow('unknown directive "token"');
  expect(() => apply("[[tokens=5 intervall=3]]")).toThrow('unknown directive "intervall"');
});

test("a value out of range is named with its directive", () => {
  expect(() => apply("[[tokens=many]]")).toThrow('"tokens" wants a whole number, not "many"');
  expect(() => apply("[[text=poem]]")).toThrow('"text" is one of words');
  expect(() => apply("[[error=418]]")).toThrow('there is no error "418"');
  expect(() => apply("[[retry-after=2]]")).toThrow('"retry-after" comes after the error');
  expect(() => apply("[[args='{}']]")).toThrow('"args" comes after the "tool"');
});

test("one tool directive is one call", () => {
  expect(apply("[[tool=a tool=b]] [[tool=c]]").script.toolCalls.map(({ name }) => name)).toEqual([
    "a",
    "b",
    "c",
  ]);
});

test("every status that OpenRouter documents can be asked for", () => {
  const statuses = [400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 502, 503, 504, 524, 529];
  expect(statuses.filter((status) => !isErrorName(String(status)))).toEqual([]);
});

test("a megabyte of brackets is read in a moment", () => {
  const startedAt = performance.now();
  apply('[["'.repeat(350_000));
  expect(performance.now() - startedAt).toBeLessThan(2000);
});
