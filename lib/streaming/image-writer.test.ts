import { expect, test } from "vitest";
import type { Part } from "@/lib/chats/part";
import { createAnswer } from "./answer";
import { createImageWriter } from "./image-writer";

const mebibyte = 1024 * 1024;

test.each(["png", "jpeg", "webp", "gif"])("an image of type %s is a file of the answer", (type) => {
  const url = image(30, `image/${type}`);
  expect(written([url])).toEqual([{ type: "file", url, mediaType: `image/${type}` }]);
});

test.each([
  ["a drawing that may hold scripts", image(30, "image/svg+xml")],
  ["a page", "data:text/html;base64,PGI+"],
  ["an address elsewhere", "https://example.com/picture.png"],
  ["a script", "javascript:alert(1)"],
  ["no base64", "data:image/png;base64,<script>"],
  ["nothing", "data:image/png;base64,"],
])("%s is no image, and the answer says that it is missing", (_, url) => {
  expect(written([url])).toMatchObject([
    { type: "data-left-out", data: { reason: "unsupported", count: 1 } },
  ]);
});

test("an image of eight mebibytes is kept, one of a byte more is said to be missing", () => {
  expect(written([image(8 * mebibyte)])).toMatchObject([{ type: "file" }]);
  expect(written([image(8 * mebibyte + 1)])).toMatchObject([
    { type: "data-left-out", data: { reason: "too_large", count: 1 } },
  ]);
});

test("all images of an answer are sixteen mebibytes at most, also for a writer that goes on", () => {
  const [first, second, small] = [image(8 * mebibyte), image(8 * mebibyte, "image/gif"), image(300)];
  const kept = ["file", "file", "data-left-out"];
  expect(written([first, second, small]).map(({ type }) => type)).toEqual(kept);
  const later = written([second, small], written([first]));
  expect(later.map(({ type }) => type)).toEqual(kept.slice(1));
  expect(later.at(-1)).toMatchObject({ data: { reason: "too_many", count: 1 } });
});

test("four images are kept, the others counted", () => {
  const parts = written(Array.from({ length: 7 }, (_, index) => image(30 + index)));
  expect(parts.filter(({ type }) => type === "file")).toHaveLength(4);
  expect(parts.at(-1)).toMatchObject({ data: { reason: "too_many", count: 3 } });
  expect(parts).toHaveLength(5);
});

test("an image that comes again is the same one, also for a writer that goes on", () => {
  const once = written([image(30), image(30)]);
  expect(once).toHaveLength(1);
  expect(written([image(30)], once)).toEqual([]);
});

test("a writer that goes on counts what is there already", () => {
  const begun = written([30, 31, 32, 33, 34].map((bytes) => image(bytes)));
  expect(written([image(35)], begun)).toMatchObject([{ data: { reason: "too_many", count: 2 } }]);
});

function written(urls: readonly string[], begun: readonly Part[] = []): Part[] {
  const answer = createAnswer();
  const writer = createImageWriter(answer.apply, begun);
  for (const url of urls) writer.write(url);
  return answer.parts();
}

function image(bytes: number, mediaType = "image/png"): string {
  return `data:${mediaType};base64,${Buffer.alloc(bytes, bytes).toString("base64")}`;
}
