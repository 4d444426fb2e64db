import { setTimeout as wait } from "node:timers/promises";
import { textHash } from "@/e2e/scripted-model/scripted-text.ts";
import { readAnswer } from "./answer-text.ts";
import { ask, type Chat, expectedText, type Script, tokenEnds } from "./chat.ts";
import type { RawStream } from "./raw-stream.ts";
import { readResponse } from "./streamed-response.ts";
import type { Target } from "./targets/target.ts";
import type { Upstream, UpstreamCall } from "./targets/upstream.ts";

/** Times are milliseconds after the question was sent, but for lateness: that is after the token was due. */
export interface ChatOutcome {
  outcome: "whole" | "refused" | "cut-short" | "wrong-text" | "no-end";
  /** The first event of any kind. Parley sends it when the question is committed. */
  firstEventMs: number;
  firstTokenMs: number;
  lastTokenMs: number;
  /** The last token against its due time, counted from when the model server was asked. */
  lastTokenLateMs: number;
  /** Each token against its due time. */
  tokensLateMs: number[];
  /** The end of the stream at the model server against its due time: its own share of the lateness. */
  upstreamLateMs: number;
  /** Streamed calls of the model for this question. */
  upstreamCalls: number;
}

export interface Round {
  outcomes: ChatOutcome[];
  /** From the first question to the last token. */
  streamingMs: number;
  tokens: number;
  /** The driver's own processor time meanwhile, in milliseconds for each millisecond. */
  driverShare: number;
}

const slackMs = 60_000;
// The ending is stored and the log is quiet by then.
const settleMs = 500;

/** Asks all questions in the same instant, waits until every answer has ended, and only then looks at them. */
export async function runRound(
  target: Target,
  upstream: Upstream,
  chats: readonly Chat[],
  script: Script,
): Promise<Round> {
  await upstream.reset();
  const startedAtMs = performance.now();
  const driverBefore = process.cpuUsage();
  const streams = chats.map((chat) => ask(target.url, chat));
  await endOf(streams, script.tokens * script.intervalMs + slackMs);
  const driver = process.cpuUsage(driverBefore);
  const driverShare = (driver.user + driver.system) / 1_000 / (performance.now() - startedAtMs);

  await wait(settleMs);
  const calls = Map.groupBy(await upstream.calls(), ({ prompt }) => prompt);
  const outcomes = streams.map((stream, index) => {
    const chat = chats[index];
    if (!chat) throw new RangeError("a stream without its chat");
    return outcomeOf(chat, stream, calls.get(chat.prompt) ?? [], script);
  });
  return {
    outcomes,
    driverShare,
    tokens: outcomes.reduce((sum, { tokensLateMs }) => sum + tokensLateMs.length, 0),
    streamingMs: Math.max(...outcomes.map(({ lastTokenMs }) => lastTokenMs).filter(Number.isFinite)),
  };
}

/** What has not ended by then is hung up, and counts as cut short. */
export async function endOf(streams: readonly RawStream[], limitMs: number): Promise<void> {
  const timer = setTimeout(() => {
    for (const stream of streams) stream.hangUp();
  }, limitMs);
  await Promise.all(streams.map(({ closed }) => closed));
  clearTimeout(timer);
}

function outcomeOf(
  chat: Chat,
  stream: RawStream,
  calls: readonly UpstreamCall[],
  { intervalMs, tokens }: Script,
): ChatOutcome {
  const { status, frames } = readResponse(stream);
  const { text, growth, isFinished } = readAnswer(frames);
  const { sentAtMs } = stream;
  const call = calls[0];
  const askedAtMs = call ? call.askedAtMs - performance.timeOrigin : Number.NaN;
  const dueLastMs = askedAtMs + (tokens - 1) * intervalMs;
  const endedAtMs = call?.endedAtMs ? call.endedAtMs - performance.timeOrigin : Number.NaN;
  const tokensLateMs = arrivals(growth, tokenEnds(chat)).map(
    (atMs, position) => atMs - askedAtMs - position * intervalMs,
  );
  return {
    outcome: verdict({ status, text, isFinished, expected: expectedText(chat) }),
    firstEventMs: (frames[0]?.atMs ?? Number.NaN) - sentAtMs,
    firstTokenMs: (growth[0]?.atMs ?? Number.NaN) - sentAtMs,
    lastTokenMs: (growth.at(-1)?.atMs ?? Number.NaN) - sentAtMs,
    lastTokenLateMs: (growth.at(-1)?.atMs ?? Number.NaN) - dueLastMs,
    tokensLateMs,
    upstreamLateMs: endedAtMs - dueLastMs,
    upstreamCalls: calls.length,
  };
}

function verdict({
  status,
  text,
  isFinished,
  expected,
}: {
  status: number;
  text: string;
  isFinished: boolean;
  expected: string;
}): ChatOutcome["outcome"] {
  if (status !== 200) return "refused";
  if (textHash(text) === textHash(expected)) return isFinished ? "whole" : "no-end";
  return expected.startsWith(text) ? "cut-short" : "wrong-text";
}

/** When each token was there, of those that came at all. */
function arrivals(growth: readonly { length: number; atMs: number }[], ends: readonly number[]): number[] {
  const times: number[] = [];
  let index = 0;
  for (const end of ends) {
    while (index < growth.length && (growth[index]?.length ?? 0) < end) index += 1;
    const arrived = growth[index];
    if (!arrived) break;
    times.push(arrived.atMs);
  }
  return times;
}
