import { expect, test } from "vitest";
import type { Chunk } from "./chunk";
import { createPartWriter } from "./part-writer";

test("each change between reasoning and text closes one part and opens the next", () => {
  const { writer, chunks, pass } = started();
  writer.write("reasoning", "hm");
  pass(1500);
  writer.write("text", "Yes");
  writer.write("text", ".");
  writer.close();
  expect(chunks).toEqual([
    { type: "reasoning-start", id: "reasoning-1" },
    { type: "reasoning-delta", id: "reasoning-1", delta: "hm" },
    { type: "reasoning-end", id: "reasoning-1", providerMetadata: { parley: { durationMs: 1500 } } },
    { type: "text-start", id: "text-2" },
    { type: "text-delta", id: "text-2", delta: "Yes" },
    { type: "text-delta", id: "text-2", delta: "." },
    { type: "text-end", id: "text-2" },
  ]);
});

test("a character whose halves come in two deltas arrives whole", () => {
  const { writer, chunks } = started();
  writer.write("text", "a\ud83d");
  writer.write("text", "\ude80b");
  writer.close();
  expect(deltas(chunks)).toEqual(["a", "🚀b"]);
});

test("half a character that is never completed, and a NUL, become the replacement character", () => {
  const { writer, chunks } = started();
  writer.write("text", "x\0y\udc00z");
  writer.write("text", "\ud83d");
  writer.close();
  expect(deltas(chunks).join("")).toBe("x\ufffdy\ufffdz\ufffd");
});

test("nothing is opened for nothing", () => {
  const { writer, chunks } = started();
  writer.write("text", "");
  writer.close();
  expect(chunks).toEqual([]);
});

function started() {
  const chunks: Chunk[] = [];
  let now = 0;
  return {
    chunks,
    writer: createPartWriter(
      (chunk) => chunks.push(chunk),
      () => now,
    ),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

function deltas(chunks: readonly Chunk[]): string[] {
  return chunks.flatMap((chunk) => ("delta" in chunk ? [chunk.delta] : []));
}
