import { readUIMessageStream, type UIMessage, type UIMessageChunk } from "ai";
import { expect, test } from "vitest";
import { isContinuation, textFrom } from "@/app/_client/session/chat-message";
import { inPieces } from "./in-pieces";

const line = `${"word ".repeat(20)}\n`;
const book = Array.from({ length: 2000 }, (_, index) => `${index} ${line}`);

test("a text of a few pages is told as it comes", async () => {
  const chunks = written("a", book.slice(0, 50));
  expect(await tell(chunks)).toEqual(chunks);
});

test("a long text comes in pieces of whole lines, none of them long, and is the same text", async () => {
  const { parts } = await read(written("a", book));
  const pieces = textFrom(parts, 0);
  expect(pieces).toHaveLength(parts.length);
  expect(pieces.length).toBeGreaterThan(5);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(33_000);
  expect(pieces.slice(0, -1).every((piece) => piece.endsWith("\n"))).toBe(true);
  expect(pieces.join("")).toBe(book.join(""));
});

test("a text that has no lines stays in one piece", async () => {
  const { parts } = await read(written("a", ["word ".repeat(10_000), "word ".repeat(10_000), "end"]));
  expect(parts).toHaveLength(1);
});

test("what comes in the middle of a text stands between its pieces, and the next text begins anew", async () => {
  const source: UIMessageChunk = { type: "source-url", sourceId: "s", url: "https://example.com" };
  const first = written("a", book);
  const { parts } = await read([...first.toSpliced(700, 0, source), ...written("b", ["Another one."])]);
  const texts = parts.flatMap((part, index) =>
    part.type === "text" && !isContinuation(part) ? [textFrom(parts, index).join("")] : [],
  );
  expect(parts.findIndex(({ type }) => type === "source-url")).toBeGreaterThan(0);
  expect(texts).toEqual([book.join(""), "Another one."]);
});

test("a text that is still open while another is written is told as it comes", async () => {
  const [start, ...rest] = written("a", book);
  if (!start) throw new Error("nothing was written");
  const { parts } = await read([start, ...written("b", ["Between."]), ...rest]);
  expect(parts).toMatchObject([{ text: book.join("") }, { text: "Between." }]);
});

function written(id: string, deltas: readonly string[]): UIMessageChunk[] {
  return [
    { type: "text-start", id },
    ...deltas.map((delta): UIMessageChunk => ({ type: "text-delta", id, delta })),
    { type: "text-end", id },
  ];
}

async function tell(chunks: UIMessageChunk[]): Promise<UIMessageChunk[]> {
  async function* source(): AsyncGenerator<UIMessageChunk, null, void> {
    yield* chunks;
    return null;
  }
  const told: UIMessageChunk[] = [];
  for await (const chunk of inPieces(source())) told.push(chunk);
  return told;
}

/** What a client of the SDK's makes of it. */
async function read(chunks: UIMessageChunk[]): Promise<UIMessage> {
  const told = await tell(chunks);
  const stream = new ReadableStream<UIMessageChunk>({
    start(controller) {
      for (const chunk of told) controller.enqueue(chunk);
      controller.close();
    },
  });
  let message: UIMessage | undefined;
  for await (const next of readUIMessageStream({ stream, terminateOnError: true })) message = next;
  if (!message) throw new Error("no message was read");
  return message;
}
