import type { Script } from "./script.ts";
import { reasoningTokens, textTokens } from "./scripted-text.ts";
import type { Turn } from "./turn.ts";

/** One red pixel. */
export const imageUrl =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

/** The `delta` objects of a turn, each already JSON, in the order in which they are sent. */
export function deltasFor({ script, toolCalls }: Turn, generationId: string): readonly string[] {
  if (toolCalls.length === 0) return spokenDeltas(script);
  const calls = toolCalls.flatMap((call, index) => toolCallDeltas(call, index, generationId));
  return [...reasoningTokens(script).map(reasoningDelta), ...calls];
}

/** The id of a tool call: another for each generation, for conversations hold many. */
export function toolCallId(generationId: string, index: number): string {
  return `call_${generationId.slice(4)}_${index}`;
}

const memory = new Map<string, readonly string[]>();
const memorySize = 64;

function spokenDeltas(script: Script): readonly string[] {
  const { text, tokens, reasoningTokens: reasoning, images } = script;
  const key = JSON.stringify([text, tokens, reasoning, images]);
  const remembered = memory.get(key);
  if (remembered !== undefined) return remembered;
  const deltas = [
    ...reasoningTokens(script).map(reasoningDelta),
    ...textTokens(script).map((token) => `{"content":${JSON.stringify(token)},"role":"assistant"}`),
    ...Array.from({ length: images }, (_, index) => imageDelta(index)),
  ];
  const oldest = memory.keys().next().value;
  if (memory.size >= memorySize && oldest !== undefined) memory.delete(oldest);
  memory.set(key, deltas);
  return deltas;
}

function reasoningDelta(token: string): string {
  const text = JSON.stringify(token);
  const details = `[{"type":"reasoning.text","text":${text},"format":"unknown","index":0}]`;
  return `{"content":"","role":"assistant","reasoning":${text},"reasoning_details":${details}}`;
}

function imageDelta(index: number): string {
  const image = { type: "image_url", image_url: { url: imageUrl }, index };
  return JSON.stringify({ content: "", role: "assistant", images: [image] });
}

function toolCallDeltas(call: Turn["toolCalls"][number], index: number, generationId: string): string[] {
  const id = toolCallId(generationId, index);
  const opening = { index, id, type: "function", function: { name: call.name, arguments: "" } };
  const pieces = call.arguments.match(/.{1,8}/gsu) ?? [];
  const rest = pieces.map((piece) => ({ index, function: { arguments: piece } }));
  return [opening, ...rest].map((toolCall) =>
    JSON.stringify({ content: null, role: "assistant", tool_calls: [toolCall] }),
  );
}
