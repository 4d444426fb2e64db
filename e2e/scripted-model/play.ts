import type { ServerResponse } from "node:http";

import type { Frames } from "./frames.ts";
import type { Recording } from "./journal.ts";
import type { Script, StreamFailure } from "./script.ts";
import { splitPoint } from "./split-point.ts";

export type Play = {
  response: ServerResponse;
  script: Script;
  failure: StreamFailure | null;
  deltas: readonly string[];
  frames: Frames;
  recording: Recording;
  /** One wake-up at a time; the next replaces it, and the end of the connection calls it off. */
  wake: (dueMs: number, run: () => void) => void;
};

const batchCharactersMax = 64 * 1024;
/** Long enough that the two halves leave in two packets. */
const splitGapMs = 2;

/**
 * Plays a script as an event stream. Delta `n` is due `delayMs + n * intervalMs` after the
 * start; what is due together leaves in one write, and the finish `endDelayMs` after the last delta.
 */
export function play({ response, script, failure, deltas, frames, recording, wake }: Play): void {
  const startedAt = performance.now();
  const failsAt = failure === null ? -1 : Math.min(failure.after, deltas.length);
  let position = 0;
  let reported = 0;
  let quietSince = startedAt;
  let batch = script.heartbeatMs > 0 ? frames.comment : "";

  recording.moved("streaming");
  response.flushHeaders();
  advance();

  function advance(): void {
    const now = performance.now();
    while (position < deltas.length || position === failsAt) {
      const dueMs = startedAt + script.delayMs + position * script.intervalMs;
      if (dueMs > now) {
        rest(dueMs, now);
        return;
      }
      if (position === failsAt && failure !== null && failure.kind !== "garbage") {
        fail(failure.kind, now);
        return;
      }
      if (position === deltas.length) break;
      if (script.isSplit) {
        sendSplit(now);
        return;
      }
      batch += nextFrame();
      if (batch.length >= batchCharactersMax && !flush(now)) {
        response.once("drain", advance);
        return;
      }
    }
    const endMs =
      startedAt + script.delayMs + Math.max(0, position - 1) * script.intervalMs + script.endDelayMs;
    if (script.endDelayMs > 0 && endMs > now) {
      rest(endMs, now);
      return;
    }
    batch += garbageHere() + frames.ending;
    flush(now);
    recording.ended("completed", frames.outcome);
    response.end();
  }

  function nextFrame(): string {
    const frame = garbageHere() + frames.delta(deltas[position] ?? "{}");
    position += 1;
    return script.commentEvery > 0 && position % script.commentEvery === 0 ? frame + frames.comment : frame;
  }

  function garbageHere(): string {
    return failure?.kind === "garbage" && position === failsAt ? frames.garbage : "";
  }

  /** False when the client does not keep up. */
  function flush(now: number): boolean {
    if (batch === "") return true;
    const isTaken = response.write(batch);
    batch = "";
    quietSince = now;
    report();
    return isTaken;
  }

  function report(): void {
    if (position > reported) recording.sent(position - reported);
    reported = position;
  }

  function rest(dueMs: number, now: number): void {
    const { heartbeatMs } = script;
    if (heartbeatMs > 0 && batch === "" && now - quietSince >= heartbeatMs) batch = frames.comment;
    flush(now);
    wake(heartbeatMs > 0 ? Math.min(dueMs, quietSince + heartbeatMs) : dueMs, advance);
  }

  function sendSplit(now: number): void {
    flush(now);
    const bytes = Buffer.from(nextFrame());
    const at = splitPoint(bytes);
    response.write(bytes.subarray(0, at));
    wake(now + splitGapMs, () => {
      response.write(bytes.subarray(at));
      quietSince = performance.now();
      report();
      advance();
    });
  }

  function fail(kind: Exclude<StreamFailure["kind"], "garbage">, now: number): void {
    if (kind === "mid-stream") batch += frames.error;
    flush(now);
    switch (kind) {
      case "mid-stream":
      case "end":
        recording.ended("failed", { finishReason: kind === "end" ? null : "error" });
        response.end();
        return;
      case "cut":
        recording.ended("failed");
        // Not `destroy`: what was played so far must reach the client before the connection breaks.
        response.socket?.destroySoon();
        return;
      case "stall":
        recording.moved("stalled");
        return;
      case "stall-with-comments":
        recording.moved("stalled");
        murmur();
        return;
      default:
        kind satisfies never;
    }
  }

  function murmur(): void {
    wake(performance.now() + (script.heartbeatMs || 1000), () => {
      response.write(frames.comment);
      murmur();
    });
  }
}
