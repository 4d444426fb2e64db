import { createHash, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

import type { Authorization } from "./authorization.ts";
import { type ChatRequest, parseChatRequest, RequestError } from "./chat-request.ts";
import { deltasFor } from "./deltas.ts";
import { DirectiveError } from "./directive-blocks.ts";
import { type ErrorAnswer, errorAnswer, plainError } from "./errors.ts";
import { finishReasonOf, framesFor, type Identity } from "./frames.ts";
import { sendJson } from "./http.ts";
import type { Journal, Recording } from "./journal.ts";
import { namedModel } from "./named-models.ts";
import { type Play, play } from "./play.ts";
import type { Failure } from "./script.ts";
import type { Ticker } from "./ticker.ts";
import { type Turn, turnFor } from "./turn.ts";
import { usageOf } from "./usage.ts";
import { wholeCompletion } from "./whole-completion.ts";

export type Stage = {
  journal: Journal;
  ticker: Ticker;
  /** How often the failure of one prompt was played, for `times`. */
  failuresPlayed: Map<string, number>;
  authorization: Authorization;
};

export type Received = { path: string; key: string | null; body: string; refusal: ErrorAnswer | null };

/** Answers one `POST …/chat/completions`, and records how it went. */
export function answerCompletion(
  request: IncomingMessage,
  response: ServerResponse,
  received: Received,
  stage: Stage,
): void {
  const id = `gen-${Math.floor(Date.now() / 1000)}-${randomUUID().replaceAll("-", "").slice(0, 20)}`;
  const json = parseJson(received.body);
  const understood = understand(json);
  const recording = stage.journal.open({
    id,
    path: received.path,
    key: received.key,
    model: understood.chat?.model ?? "",
    stream: understood.chat?.isStream ?? false,
    body: json,
    bytes: received.body.length,
    digest: createHash("sha256").update(received.body).digest("hex"),
  });
  if (received.refusal !== null || understood.refusal !== null) {
    refuse(response, recording, received.refusal ?? understood.refusal ?? plainError("400"));
    return;
  }

  const { chat, turn } = understood;
  let callOff = () => {};
  const wake = (dueMs: number, run: () => void) => {
    callOff = stage.ticker.at(dueMs, run);
  };
  response.once("close", () => {
    callOff();
    // What was written until then is paid for.
    recording.ended("aborted", { usage: usageOf(turn, chat, recording.request.tokensSent) });
  });

  const failure = failureNow(chat, turn, request, stage.failuresPlayed);
  const answer = () => perform({ response, chat, turn, failure, recording, wake });
  if (turn.script.holdMs === 0) answer();
  else wake(performance.now() + turn.script.holdMs, answer);
}

type Understood =
  | { chat: ChatRequest; turn: Turn; refusal: null }
  | { chat: ChatRequest | null; turn: null; refusal: ErrorAnswer };

function understand(json: unknown): Understood {
  let chat: ChatRequest | null = null;
  try {
    chat = parseChatRequest(json);
    if (namedModel(chat.model) === null) {
      return { chat, turn: null, refusal: plainError("400", `${chat.model} is not a valid model ID`) };
    }
    const turn = turnFor(chat);
    const isRefused = turn.isPrefill && !turn.script.acceptsPrefill;
    return isRefused ? { chat, turn: null, refusal: plainError("prefill") } : { chat, turn, refusal: null };
  } catch (error) {
    if (error instanceof RequestError) return { chat, turn: null, refusal: plainError("400", error.message) };
    if (!(error instanceof DirectiveError)) throw error;
    return { chat, turn: null, refusal: plainError("400", `Scripted model: ${error.message}`) };
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Anything but an object is refused in the next step, with OpenRouter's words.
    return null;
  }
}

function failureNow(
  { model, isStream, sessionId }: ChatRequest,
  { script, prompt }: Turn,
  request: IncomingMessage,
  played: Map<string, number>,
): Failure | null {
  if (script.failure === null) return null;
  const session = sessionId ?? request.headers["x-session-id"] ?? "";
  const key = JSON.stringify([model, isStream, session, prompt]);
  const times = played.get(key) ?? 0;
  played.set(key, times + 1);
  return times < script.failureTimes ? script.failure : null;
}

type Performance = Pick<Play, "response" | "recording" | "wake"> & {
  chat: ChatRequest;
  turn: Turn;
  failure: Failure | null;
};

function perform({ response, chat, turn, failure, recording, wake }: Performance): void {
  if (failure?.kind === "status") {
    refuse(response, recording, errorAnswer(failure));
    return;
  }
  if (failure?.kind === "body") {
    recording.ended("failed", { status: 200 });
    sendJson(response, { status: 200, body: errorAnswer(failure).body });
    return;
  }
  const { id } = recording.request;
  const identity: Identity = { id, model: chat.model, createdSeconds: Math.floor(Date.now() / 1000) };
  const headers = { "X-Generation-Id": id };
  const deltas = deltasFor(turn, id);
  const usage = usageOf(turn, chat, deltas.length);
  if (!chat.isStream) {
    recording.sent(deltas.length);
    recording.ended("completed", { status: 200, finishReason: finishReasonOf(turn), usage });
    sendJson(response, { status: 200, body: wholeCompletion(identity, turn, usage), headers });
    return;
  }
  response.writeHead(200, {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-cache",
    ...headers,
  });
  const frames = framesFor(identity, turn, usage, failure);
  play({ response, script: turn.script, failure, deltas, frames, recording, wake });
}

function refuse(response: ServerResponse, recording: Recording, answer: ErrorAnswer): void {
  recording.ended("refused", { status: answer.status });
  sendJson(response, answer);
}
