import { readUIMessageStream, type UIMessage, type UIMessageChunk, uiMessageChunkSchema } from "ai";
import { expect, test } from "vitest";
import type { Chunk } from "@/lib/streaming/chunk";
import { chunksOf } from "@/lib/streaming/stored-chunks";
import { calls, others } from "@/lib/streaming/testing/every-part";

test.each([...calls, ...others])(
  "an unmodified client reads a stored part as it was written: %j",
  async (part) => {
    expect(await read(chunksOf([part]))).toEqual([part]);
  },
);

test("an unmodified client has all kinds of parts in their order", async () => {
  const parts = [...others, ...calls.slice(1, 2)];
  expect(await read(chunksOf(parts))).toEqual(parts);
});

/** What a client of the SDK's has of the chunks once they have travelled as JSON. */
async function read(chunks: Iterable<Chunk>): Promise<UIMessage["parts"]> {
  const received: UIMessageChunk[] = [];
  for (const chunk of chunks) {
    const parsed = await uiMessageChunkSchema().validate?.(JSON.parse(JSON.stringify(chunk)));
    if (!parsed?.success) throw new Error(`no chunk of the SDK's: ${JSON.stringify(chunk)}`);
    received.push(parsed.value);
  }
  const stream = new ReadableStream<UIMessageChunk>({
    start(controller) {
      for (const chunk of received) controller.enqueue(chunk);
      controller.close();
    },
  });
  let parts: UIMessage["parts"] = [];
  for await (const message of readUIMessageStream({ stream, terminateOnError: true })) parts = message.parts;
  const shown = parts.filter(({ type }) => type !== "step-start");
  // The SDK remembers how a thought was called on its way.
  return JSON.parse(
    JSON.stringify(shown.map((part) => (part.type === "reasoning" ? { ...part, id: undefined } : part))),
  );
}
