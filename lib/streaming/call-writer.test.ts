import { expect, test } from "vitest";
import type { Part } from "@/lib/chats/part";
import { createAnswer } from "./answer";
import { createCallWriter, cutCalls } from "./call-writer";
import { type Chunk, deltaOf, isDelta } from "./chunk";

test("a call is shown with its name, its input and that it was not run", () => {
  const { writer, chunks, parts } = started();
  writer.begin("call_1", "get_weather");
  writer.add("call_1", '{"city":');
  writer.add("call_1", '"Oslo"}');
  writer.close("whole");
  expect(chunks[0]).toEqual({
    type: "tool-input-start",
    toolCallId: "call_1",
    toolName: "get_weather",
    dynamic: true,
  });
  expect(parts()).toMatchObject([
    {
      type: "dynamic-tool",
      toolCallId: "call_1",
      toolName: "get_weather",
      state: "output-error",
      input: { city: "Oslo" },
      errorText: "Not run: Parley has no such tool.",
      resultProviderMetadata: { parley: { notRun: "no_such_tool" } },
    },
  ]);
});

test.each([
  ["whole", "{not json", "unreadable_input"],
  ["cut", '{"city":"Os', "cut_off"],
  ["cut", "", "cut_off"],
] as const)("an answer that ends %s in %j keeps what the model wrote", (end, text, reason) => {
  const { writer, parts } = started();
  writer.begin("a", "search");
  writer.add("a", text);
  writer.close(end);
  expect(parts()).toMatchObject([
    { state: "output-error", input: text, resultProviderMetadata: { parley: { notRun: reason } } },
  ]);
});

test("a call without any input is a call with none", () => {
  const { writer, parts } = started();
  writer.begin("a", "list_all");
  writer.close("whole");
  expect(parts()).toMatchObject([{ input: {}, errorText: "Not run: Parley has no such tool." }]);
});

test("ten thousand pieces of an input are a few dozen deltas, and all of the input", () => {
  const { writer, chunks } = started();
  const input = JSON.stringify({ text: "0123456789".repeat(1_000) });
  writer.begin("a", "write");
  for (const letter of input) writer.add("a", letter);
  writer.close("whole");
  const deltas = chunks.filter(isDelta).map(deltaOf);
  expect(deltas.join("")).toBe(input);
  expect(deltas.length).toBeLessThan(50);
});

test("calls that are written at the same time keep to themselves", () => {
  const { writer, parts } = started();
  writer.begin("a", "one");
  writer.begin("b", "two");
  for (const letter of '{"n":1}') writer.add("a", letter);
  for (const letter of '{"n":2}') writer.add("b", letter);
  writer.close("whole");
  expect(parts()).toMatchObject([
    { toolName: "one", input: { n: 1 } },
    { toolName: "two", input: { n: 2 } },
  ]);
});

test("what no database stores never gets as far: NUL, half a character, and names made of them", () => {
  const { writer, parts } = started();
  writer.begin("a\0", "na\0me");
  writer.add("a\0", '{"k\\u0000":"\\u0000 \\ud83d 🚀');
  writer.add("a\0", '"}');
  writer.close("whole");
  expect(parts()).toMatchObject([
    { toolCallId: "a\ufffd", toolName: "na\ufffdme", input: { "k\ufffd": "\ufffd \ufffd 🚀" } },
  ]);
});

test("a character whose halves come in two pieces stays whole wherever the delta is cut", () => {
  const { writer, parts } = started();
  writer.begin("a", "say");
  const input = `{"t":"${"🚀".repeat(200)}"}`;
  for (let at = 0; at < input.length; at++) writer.add("a", input.charAt(at));
  writer.close("whole");
  expect(parts()).toMatchObject([{ input: { t: "🚀".repeat(200) } }]);
});

test("an input that is nested beyond all use is kept as the text it is", () => {
  const { writer, parts } = started();
  const input = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  writer.begin("a", "deep");
  writer.add("a", input);
  writer.close("whole");
  expect(parts()).toMatchObject([
    { input, resultProviderMetadata: { parley: { notRun: "unreadable_input" } } },
  ]);
});

test("a writer that goes on closes what was left half-written, and uses no id a second time", () => {
  const left = started();
  left.writer.begin("a", "search");
  left.writer.add("a", `{"q":"${"x".repeat(80)}`);
  const next = started(left.parts());
  next.writer.begin("a", "search");
  next.writer.add("a", '{"q":"y"}');
  next.writer.close("whole");
  for (const chunk of next.chunks) left.answer.apply(chunk);
  expect(left.parts()).toMatchObject([
    { toolCallId: "a", resultProviderMetadata: { parley: { notRun: "cut_off" } } },
    { toolCallId: "a-2", input: { q: "y" } },
  ]);
  expect(cutCalls(left.parts())).toEqual([]);
});

function started(begun: readonly Part[] = []) {
  const chunks: Chunk[] = [];
  const answer = createAnswer();
  const emit = (chunk: Chunk) => {
    chunks.push(chunk);
    answer.apply(chunk);
  };
  return { chunks, answer, parts: answer.parts, writer: createCallWriter(emit, begun) };
}
