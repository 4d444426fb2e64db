import type { Part } from "@/lib/chats/part";
import type { ToolPart } from "@/lib/chats/tool-part";
import { type Chunk, isToolChunk } from "./chunk";
import { toolPartAfter } from "./tool-call";
import type { ToolChunk } from "./tool-chunk";

type Entry =
  | {
      kind: "text" | "reasoning";
      id: string;
      text: string;
      providerMetadata: Record<string, Record<string, unknown>> | undefined;
    }
  | { kind: "call"; part: ToolPart }
  | { kind: "whole"; part: Part };

type Writing = Extract<Entry, { id: string }>;

/** The message that a sequence of chunks writes, as far as it has got. */
export interface Answer {
  apply(chunk: Chunk): void;
  /** Parts as they are stored: texts closed, whether or not the model closed them. */
  parts(): Part[];
  /** Characters (UTF-16 code units) of text, without reasoning. */
  textLength(): number;
  /** The text, without reasoning. */
  text(): string;
  /** What somebody who goes on writing has to know. */
  begun(): Begun;
}

export interface Begun {
  /** How many parts were begun. */
  number: number;
  /** The text that was not closed. */
  open: { kind: Writing["kind"]; id: string } | null;
  /** A tool call whose input was not complete is still `input-streaming`. */
  parts: readonly Part[];
}

export function createAnswer(): Answer {
  const order: Entry[] = [];
  const open = new Map<string, Writing>();
  const calls = new Map<string, Extract<Entry, { kind: "call" }>>();
  let textLength = 0;

  function begin(kind: Writing["kind"], id: string) {
    const part: Writing = { id, kind, text: "", providerMetadata: undefined };
    order.push(part);
    open.set(`${kind} ${id}`, part);
    return part;
  }

  function applyToCall(chunk: ToolChunk) {
    const entry =
      "toolCallId" in chunk
        ? calls.get(chunk.toolCallId)
        : [...calls.values()].find(({ part }) => part.approval?.id === chunk.approvalId);
    const part = toolPartAfter(entry?.part ?? null, chunk);
    if (entry && part) entry.part = part;
    else if (part) {
      const begun: Entry = { kind: "call", part };
      order.push(begun);
      calls.set(part.toolCallId, begun);
    }
  }

  function parts(): Part[] {
    return order.flatMap((entry): Part[] => {
      if (entry.kind === "call" || entry.kind === "whole") return [entry.part];
      const { kind: type, text, providerMetadata } = entry;
      return text === ""
        ? []
        : [{ type, text, state: "done", ...(providerMetadata && { providerMetadata }) }];
    });
  }

  return {
    apply(chunk) {
      if (isToolChunk(chunk)) {
        applyToCall(chunk);
        return;
      }
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
        case "source-url":
        case "source-document":
        case "file":
          order.push({ kind: "whole", part: chunk });
          return;
        case "data-left-out": {
          const told = order.find((entry) => entry.kind === "whole" && entry.part.id === chunk.id);
          if (told?.kind === "whole") told.part = chunk;
          else order.push({ kind: "whole", part: chunk });
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
    parts,
    textLength: () => textLength,
    text: () => order.map((entry) => (entry.kind === "text" ? entry.text : "")).join(""),
    begun() {
      const last = [...open].at(-1);
      return {
        number: order.length,
        open: last ? { kind: last[1].kind, id: last[1].id } : null,
        parts: parts(),
      };
    },
  };
}
