import type { Part } from "@/lib/chats/part";
import type { Chunk } from "./chunk";

interface Writing {
  id: string;
  type: "text" | "reasoning";
  text: string;
  providerMetadata: Record<string, Record<string, unknown>> | undefined;
}

/** The message that a sequence of chunks writes, as far as it has got. */
export interface Answer {
  apply(chunk: Chunk): void;
  /** Parts as they are stored: closed, whether or not the model closed them. */
  parts(): Part[];
  /** Characters (UTF-16 code units) of text, without reasoning. */
  textLength(): number;
  /** The text, without reasoning. */
  text(): string;
  /** How many parts were begun, and the one that was not closed. */
  begun(): { number: number; open: { kind: Writing["type"]; id: string } | null };
}

export function createAnswer(): Answer {
  const order: Writing[] = [];
  const open = new Map<string, Writing>();
  let textLength = 0;

  function begin(type: Writing["type"], id: string) {
    const part: Writing = { id, type, text: "", providerMetadata: undefined };
    order.push(part);
    open.set(`${type} ${id}`, part);
    return part;
  }

  return {
    apply(chunk) {
      switch (chunk.type) {
        case "text-start":
          begin("text", chunk.id);
          return;
        case "reasoning-start":
          begin("reasoning", chunk.id);
          return;
        case "text-delta":
          (open.get(`text ${chunk.id}`) ?? begin("text", chunk.id)).text += chunk.delta;
          textLength += chunk.delta.length;
          return;
        case "reasoning-delta":
          (open.get(`reasoning ${chunk.id}`) ?? begin("reasoning", chunk.id)).text += chunk.delta;
          return;
        case "text-end":
        case "reasoning-end": {
          const key = `${chunk.type === "text-end" ? "text" : "reasoning"} ${chunk.id}`;
          const part = open.get(key);
          if (part) part.providerMetadata = chunk.providerMetadata;
          open.delete(key);
          return;
        }
        case "start":
        case "start-step":
        case "message-metadata":
        case "data-waiting":
        case "finish-step":
        case "finish":
        case "abort":
        case "error":
          return;
        default:
          chunk satisfies never;
      }
    },
    parts: () =>
      order
        .filter(({ text }) => text !== "")
        .map(({ type, text, providerMetadata }) => ({
          type,
          text,
          state: "done" as const,
          ...(providerMetadata && { providerMetadata }),
        })),
    textLength: () => textLength,
    text: () => order.map(({ type, text }) => (type === "text" ? text : "")).join(""),
    begun() {
      const last = [...open].at(-1);
      return { number: order.length, open: last ? { kind: last[1].type, id: last[1].id } : null };
    },
  };
}

/** The chunks of stored parts, with the last text left open for more. */
export function reopened(parts: readonly Part[]): Chunk[] {
  const chunks = [...chunksOf(parts)].filter(({ type }) => type !== "start-step" && type !== "finish-step");
  return chunks.at(-1)?.type === "text-end" ? chunks.slice(0, -1) : chunks;
}

/** What a stored message would have streamed, for a reader who comes after its log was dropped. */
export function* chunksOf(parts: readonly Part[]): Generator<Chunk> {
  yield { type: "start-step" };
  let number = 0;
  for (const part of parts) {
    if ((part.type !== "text" && part.type !== "reasoning") || typeof part.text !== "string") continue;
    const id = `${part.type}-${++number}`;
    if (part.type === "text") {
      yield { type: "text-start", id };
      yield { type: "text-delta", id, delta: part.text };
      yield { type: "text-end", id };
    } else {
      yield { type: "reasoning-start", id };
      yield { type: "reasoning-delta", id, delta: part.text };
      yield { type: "reasoning-end", id };
    }
  }
  yield { type: "finish-step" };
}

/** Thoughts and text, as the model wrote them. */
export function wholeOf(answer: Pick<Answer, "parts">): string {
  return answer
    .parts()
    .map(({ text }) => text)
    .join("");
}
