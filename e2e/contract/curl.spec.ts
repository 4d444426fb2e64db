import { spawn } from "node:child_process";
import { once } from "node:events";
import { callsOf, expect, test } from "@/e2e/fixtures";
import { framesOf, parseChunk } from "@/e2e/read-stream";
import { scriptedText } from "@/e2e/scripted-model/scripted-text";
import { scriptFor } from "@/e2e/scripted-model/turn";
import { createId } from "@/lib/chats/id";

test("curl -N sees the answer while it is being written, with the headers and cursors of the contract", async ({
  app,
  model,
  person,
}) => {
  const chatId = createId();
  const question = "Tell me a story [[tokens=60 interval=25]]";
  const body = {
    id: chatId,
    message: { id: createId(), role: "user", parts: [{ type: "text", text: question }] },
  };
  const curl = spawn("curl", [
    ...["-sS", "-N", "-i", "-X", "POST", `${app.url}/api/chat`],
    ...["-H", "Content-Type: application/json", "-H", `Cookie: ${person.cookie}`],
    ...["--data", JSON.stringify(body)],
  ]);
  const exited = once(curl, "exit");
  const { head, rest } = await readHead(curl.stdout);

  const frames = framesOf(new Response(rest));
  const read: { id: string | null; data: string }[] = [];
  let tokensSentAtFirstWord = 0;
  for await (const frame of frames) {
    if (read.length > 0 && tokensSentAtFirstWord === 0 && frame.data.includes('"text-delta"'))
      tokensSentAtFirstWord = callsOf(model, chatId)[0]?.tokensSent ?? 0;
    read.push(frame);
  }

  expect(await exited).toEqual([0, null]);
  expect(head).toMatch(/^HTTP\/1\.1 200 /);
  expect(headersIn(head)).toMatchObject({
    "content-type": expect.stringMatching(/^text\/event-stream/),
    "cache-control": "no-cache, no-transform",
    "x-accel-buffering": "no",
    "x-vercel-ai-ui-message-stream": "v1",
    "x-generation-id": expect.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
  });
  expect(headersIn(head)).not.toHaveProperty("content-encoding");

  expect(tokensSentAtFirstWord).toBeGreaterThan(0);
  expect(tokensSentAtFirstWord).toBeLessThan(30);
  expect(read.at(-1)).toEqual({ id: null, data: "[DONE]" });
  const numbered = read.slice(0, -1);
  expect(numbered.map(({ id }) => id)).toEqual(numbered.map((_, index) => `1.${index + 1}`));
  const chunks = await Promise.all(numbered.map(({ data }) => parseChunk(data)));
  expect(chunks[0]).toMatchObject({ type: "start", messageId: expect.any(String) });
  expect(chunks.at(-1)).toMatchObject({ type: "finish", finishReason: "stop" });
  const text = chunks.map((chunk) => (chunk.type === "text-delta" ? chunk.delta : "")).join("");
  expect(text).toBe(scriptedText(scriptFor("scripted/burst", question)));
});

async function readHead(output: AsyncIterable<Buffer>) {
  const pieces = output[Symbol.asyncIterator]();
  let read = Buffer.alloc(0);
  while (!read.includes("\r\n\r\n")) {
    const { value, done } = await pieces.next();
    if (done) throw new Error(`curl ended in the headers: ${read.toString()}`);
    read = Buffer.concat([read, value]);
  }
  const end = read.indexOf("\r\n\r\n");
  const rest = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(new Uint8Array(read.subarray(end + 4))),
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
  });
  return { head: read.subarray(0, end).toString(), rest };
}

function headersIn(head: string): Record<string, string> {
  const lines = head.split("\r\n").slice(1);
  return Object.fromEntries(
    lines.map((line) => {
      const [name = "", value = ""] = line.split(/: (.*)/);
      return [name.toLowerCase(), value];
    }),
  );
}
