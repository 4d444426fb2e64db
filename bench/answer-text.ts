import type { Frame } from "./streamed-response.ts";

/** What an event stream says, in either of the two languages that the measured servers speak. */
export interface AnswerText {
  text: string;
  /** The text was `length` characters long at `atMs`. */
  growth: { length: number; atMs: number }[];
  /** The last event says that the answer is whole, and not merely that the response is over. */
  isFinished: boolean;
  /** What the server says went wrong. */
  error: string | null;
}

export function readAnswer(frames: readonly Frame[]): AnswerText {
  const answer: AnswerText = { text: "", growth: [], isFinished: false, error: null };
  for (const { data, atMs } of frames) {
    const { delta, isFinish, error } = understand(data);
    if (delta !== "") {
      answer.text += delta;
      answer.growth.push({ length: answer.text.length, atMs });
    }
    if (isFinish) answer.isFinished = true;
    if (error !== null) answer.error = error;
  }
  return answer;
}

interface Understood {
  delta: string;
  isFinish: boolean;
  error: string | null;
}

const nothing: Understood = { delta: "", isFinish: false, error: null };

function understand(data: string): Understood {
  if (data === "[DONE]") return nothing;
  const event: unknown = JSON.parse(data);
  switch (field(event, "type")) {
    case "text-delta":
      return { ...nothing, delta: textOf(field(event, "delta")) };
    case "finish":
      return { ...nothing, isFinish: true };
    case "abort":
      return { ...nothing, error: "abort" };
    case "error":
      return { ...nothing, error: textOf(field(event, "errorText")) };
    default:
      return completionEvent(event);
  }
}

/** The chat completions of OpenAI and OpenRouter, which the two proxies pass on as they come. */
function completionEvent(event: unknown): Understood {
  const choice = field(field(event, "choices"), "0");
  const delta = textOf(field(field(choice, "delta"), "content"));
  return { ...nothing, delta, isFinish: field(choice, "finish_reason") === "stop" };
}

function field(value: unknown, name: string): unknown {
  return value instanceof Object ? Reflect.get(value, name) : undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
