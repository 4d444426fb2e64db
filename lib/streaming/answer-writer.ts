import type { ModelChunk } from "@/lib/models/provider";
import type { Begun } from "./answer";
import { createCallWriter } from "./call-writer";
import type { Chunk } from "./chunk";
import { createImageWriter } from "./image-writer";
import { createPartWriter } from "./part-writer";
import { createSourceWriter } from "./source-writer";

export type ContentChunk = Exclude<ModelChunk, { type: "upstream-id" | "finish" }>;

/** Turns what a model says, makes and asks for into the parts of a message. */
export interface AnswerWriter {
  write(chunk: ContentChunk): void;
  /** `whole`: the model had said all it wanted to say. */
  close(end: "whole" | "cut"): void;
}

/** `begun` is what another writer has left behind, `now` in milliseconds. */
export function createAnswerWriter(
  emit: (chunk: Chunk) => void,
  now: () => number,
  begun: Begun,
): AnswerWriter {
  const texts = createPartWriter(emit, now, begun);
  const calls = createCallWriter(emit, begun.parts);
  const sources = createSourceWriter(emit, begun.parts);
  const images = createImageWriter(emit, begun.parts);
  return {
    write(chunk) {
      switch (chunk.type) {
        case "text-delta":
          texts.write("text", chunk.text);
          return;
        case "reasoning-delta":
          texts.write("reasoning", chunk.text);
          return;
        case "tool-input-start":
          texts.close();
          calls.begin(chunk.toolCallId, chunk.toolName);
          return;
        case "tool-input-delta":
          calls.add(chunk.toolCallId, chunk.text);
          return;
        case "image":
          texts.close();
          images.write(chunk.url);
          return;
        case "source":
          sources.write(chunk.url, chunk.title);
          return;
        default:
          chunk satisfies never;
      }
    },
    close(end) {
      texts.close();
      calls.close(end);
    },
  };
}
