import { pictureUrl } from "./picture.ts";
import type { Script } from "./script.ts";
import { reasoningTokens, textTokens } from "./scripted-text.ts";
import type { Turn } from "./turn.ts";

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
  const { text, tokens, reasoningTokens: reasoning, images, imageSide, sources } = script;
  const key = JSON.stringify([text, tokens, reasoning, images, imageSide, sources]);
  const remembered = memory.get(key);
  if (remembered !== undefined) return remembered;
  const deltas = [
    ...reasoningTokens(script).map(reasoningDelta),
    ...textTokens(script).map((token) => `{"content":${JSON.stringify(token)},"role":"assistant"}`),
    ...(sources.length > 0 ? [annotationDelta(script)] : []),
    ...imagesOf(script).map(imageDelta),
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

function annotationDelta(script: Script): string {
  return JSON.stringify({ content: "", role: "assistant", annotations: annotationsOf(script) });
}

/** As OpenRouter's web search adds them, to a delta and to a whole message alike. */
export function annotationsOf({ sources }: Script) {
  return sources.map(({ url, title }) => ({
    type: "url_citation",
    url_citation: { url, title, content: "", start_index: 0, end_index: 0 },
  }));
}

export function imagesOf({ images, imageSide }: Script) {
  return Array.from({ length: images }, (_, index) => ({
    type: "image_url",
    image_url: { url: pictureUrl(imageSide, index) },
    index,
  }));
}

function imageDelta(image: ReturnType<typeof imagesOf>[number]): string {
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
