import { expect, test } from "vitest";
import type { Part } from "@/lib/chats/part";
import { createAnswer } from "./answer";
import { createSourceWriter } from "./source-writer";

test("a page is a source once, however often and however it is named", () => {
  const parts = written([
    ["https://example.com/a", "A"],
    ["https://EXAMPLE.com:443/a", "The same"],
    ["https://example.com/b", null],
  ]);
  expect(parts).toEqual([
    { type: "source-url", sourceId: "source-1", url: "https://example.com/a", title: "A" },
    { type: "source-url", sourceId: "source-2", url: "https://example.com/b", title: undefined },
  ]);
  expect(written([["https://example.com/b", "B"]], parts)).toEqual([]);
});

test.each(["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "no address", ""])(
  "%j leads nowhere",
  (url) => {
    expect(written([[url, "Title"]])).toEqual([]);
  },
);

test("a title is one line of reasonable length that can be stored", () => {
  const [part] = written([["https://example.com", `  a\0\n\t b\ud83d ${"🚀".repeat(500)}`]]);
  const title = String(part?.title);
  expect(title.startsWith("a\ufffd b\ufffd 🚀")).toBe(true);
  expect(Array.from(title)).toHaveLength(300);
  expect(title.isWellFormed()).toBe(true);
});

function written(
  sources: readonly (readonly [string, string | null])[],
  begun: readonly Part[] = [],
): Part[] {
  const answer = createAnswer();
  const writer = createSourceWriter(answer.apply, begun);
  for (const [url, title] of sources) writer.write(url, title);
  return answer.parts();
}
