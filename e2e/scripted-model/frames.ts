import { errorAnswer } from "./errors.ts";
import type { RecordedRequest } from "./journal.ts";
import type { Failure } from "./script.ts";
import type { Turn } from "./turn.ts";
import type { Usage } from "./usage.ts";

/** The event stream's pieces for one generation, with everything that stays the same built once. */
export type Frames = {
  comment: string;
  garbage: string;
  delta: (delta: string) => string;
  /** The error of a failure in mid-stream; empty for every other failure. */
  error: string;
  /** The finish, the usage and `[DONE]`. */
  ending: string;
  outcome: Pick<RecordedRequest, "finishReason" | "usage">;
};

export type Identity = { id: string; model: string; createdSeconds: number };

export const provider = "Scripted";

export function framesFor(identity: Identity, turn: Turn, usage: Usage, failure: Failure | null): Frames {
  const { id, model, createdSeconds } = identity;
  const chunk = { id, object: "chat.completion.chunk", created: createdSeconds, model, provider };
  const open = JSON.stringify(chunk).slice(0, -1);
  const head = `data: ${open},"choices":[{"index":0,"delta":`;
  const tail = `,"finish_reason":null,"native_finish_reason":null}]}\n\n`;
  const finishReason = finishReasonOf(turn);
  const native = `"finish_reason":"${finishReason}","native_finish_reason":"${finishReason}"`;
  const finish = `${head}{"content":"","role":"assistant"},${native}}]}\n\n`;
  const isUsageSent = turn.script.usage !== null;
  const counted = isUsageSent ? `data: ${open},"choices":[],"usage":${JSON.stringify(usage)}}\n\n` : "";
  return {
    comment: ": OPENROUTER PROCESSING\n\n",
    garbage: `data: {"id":"${id}","choices":[{"index":0,"delta":{"content":"unfin\n\n`,
    delta: (delta) => head + delta + tail,
    error: failure?.kind === "mid-stream" ? errorFrame(open, failure) : "",
    ending: `${finish}${counted}data: [DONE]\n\n`,
    outcome: { finishReason, usage },
  };
}

export function finishReasonOf({ toolCalls, script }: Turn): string {
  return toolCalls.length > 0 ? "tool_calls" : script.finishReason;
}

function errorFrame(open: string, failure: Extract<Failure, { kind: "mid-stream" }>): string {
  const { error } = errorAnswer(failure).body;
  const choices = [
    {
      index: 0,
      delta: { content: "", role: "assistant" },
      finish_reason: "error",
      native_finish_reason: "error",
    },
  ];
  return `data: ${open},"error":${JSON.stringify(error)},"choices":${JSON.stringify(choices)}}\n\n`;
}
