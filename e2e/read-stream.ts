import { type UIMessageChunk, uiMessageChunkSchema } from "ai";
import { type ChatError, chatErrorSchema } from "@/lib/errors/chat-error";

/** One Server-Sent Event: `id` is the cursor, `null` where it has none. */
export interface Frame {
  id: string | null;
  data: string;
}

export interface ReadChunk {
  id: string;
  chunk: UIMessageChunk;
}

/** The events of a response as they arrive, without the comments. Leaving the loop hangs up. */
export async function* framesOf(response: Response): AsyncGenerator<Frame, void, undefined> {
  if (!response.body) throw new Error("the response has no body");
  let pending = "";
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (pending + text).split("\n\n");
    pending = blocks.pop() ?? "";
    for (const block of blocks) {
      const frame = frameIn(block);
      if (frame) yield frame;
    }
  }
}

/** The chunks of a stream, checked by the AI SDK's own schema. Throws when one has no cursor or no `[DONE]` ends them. */
export async function* chunksOf(response: Response): AsyncGenerator<ReadChunk, void, undefined> {
  for await (const { id, data } of framesOf(response)) {
    if (data === "[DONE]") return;
    if (id === null) throw new Error(`a chunk without a cursor: ${data}`);
    yield { id, chunk: await parseChunk(data) };
  }
  throw new Error("the stream ended without [DONE]");
}

export async function readStream(response: Response): Promise<ReadChunk[]> {
  const read: ReadChunk[] = [];
  for await (const chunk of chunksOf(response)) read.push(chunk);
  return read;
}

/** Reads until `isEnough`, then hangs up. */
export async function readUntil(
  response: Response,
  isEnough: (read: readonly ReadChunk[]) => boolean,
): Promise<ReadChunk[]> {
  const read: ReadChunk[] = [];
  for await (const chunk of chunksOf(response)) {
    read.push(chunk);
    if (isEnough(read)) return read;
  }
  throw new Error("the stream ended before there was enough of it");
}

/** Reads until the connection ends, however it ends. `read` grows meanwhile. */
export function readWhatComes(response: Response): { read: readonly ReadChunk[]; ended: Promise<void> } {
  const read: ReadChunk[] = [];
  const collect = async () => {
    try {
      for await (const chunk of chunksOf(response)) read.push(chunk);
    } catch {
      // That it breaks is what those tests are about.
    }
  };
  return { read, ended: collect() };
}

/** Whether the stream came to the end of the answer, and not only of the connection. */
export function isWhole(read: readonly ReadChunk[]): boolean {
  const last = read.at(-1)?.chunk.type;
  return last === "finish" || last === "abort" || last === "error";
}

export function textOf(read: readonly ReadChunk[]): string {
  return read.map(({ chunk }) => (chunk.type === "text-delta" ? chunk.delta : "")).join("");
}

export function reasoningOf(read: readonly ReadChunk[]): string {
  return read.map(({ chunk }) => (chunk.type === "reasoning-delta" ? chunk.delta : "")).join("");
}

export function typesOf(read: readonly ReadChunk[]): string[] {
  return read.map(({ chunk }) => chunk.type);
}

/** The error that ends a stream. Throws when something else does. */
export function errorOf(read: readonly ReadChunk[]): ChatError {
  const last = read.at(-1)?.chunk;
  if (last?.type !== "error") throw new Error(`the stream ended with ${last?.type}`);
  return chatErrorSchema.parse(JSON.parse(last.errorText));
}

/** The message that a stream writes, as its `start` names it. */
export function messageIdOf(read: readonly ReadChunk[]): string {
  const first = read[0]?.chunk;
  if (first?.type !== "start" || !first.messageId) throw new Error(`the stream began with ${first?.type}`);
  return first.messageId;
}

export async function parseChunk(data: string): Promise<UIMessageChunk> {
  const parsed = await uiMessageChunkSchema().validate?.(JSON.parse(data));
  if (!parsed?.success) throw new Error(`no chunk of the AI SDK's: ${data}`);
  return parsed.value;
}

function frameIn(block: string): Frame | null {
  const lines = block.split("\n");
  const valuesOf = (field: string) =>
    lines.filter((line) => line.startsWith(`${field}: `)).map((line) => line.slice(field.length + 2));
  const data = valuesOf("data");
  return data.length === 0 ? null : { id: valuesOf("id")[0] ?? null, data: data.join("\n") };
}
