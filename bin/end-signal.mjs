import { constants } from "node:os";
import { readStat } from "./processes.mjs";

/** A terminal and npm each deliver one Ctrl-C: within this time they count as one. */
const samePressMs = 500;
const parentCheckMs = 200;

/**
 * Aborts once, at the first Ctrl-C or SIGTERM, or when the command that started this process is gone;
 * the reason is the exit code that says so. A second Ctrl-C ends the process at once.
 */
export function endSignal() {
  const controller = new AbortController();
  let firstAt = null;
  const end = (signalName) => {
    firstAt ??= Date.now();
    controller.abort(exitCodeOf(signalName));
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", (signalName) => {
    if (firstAt !== null && Date.now() - firstAt > samePressMs) process.exit(exitCodeOf(signalName));
    end(signalName);
  });
  if (process.channel) {
    // The launcher waits for this process: that it is gone all the same means kill -9 or a second Ctrl-C.
    process.once("disconnect", () =>
      firstAt === null ? end("SIGTERM") : process.exit(exitCodeOf("SIGINT")),
    );
    process.channel.unref();
  } else if (process.env.npm_lifecycle_event) {
    watchParents(() => end("SIGTERM"));
  }
  return controller.signal;
}

export const exitCodeOf = (signalName) => 128 + constants.signals[signalName];

/**
 * npm does not always pass a signal on: a shell between npm and its script dies of a SIGTERM and leaves
 * its child, and a SIGKILL of npm leaves both.
 */
function watchParents(onGone) {
  const before = parents();
  const timer = setInterval(() => {
    const now = parents();
    if (now.parent === before.parent && now.npm === before.npm) return;
    clearInterval(timer);
    onGone();
  }, parentCheckMs);
  timer.unref();
}

function parents() {
  const stat = readStat(process.ppid);
  // Behind a shell npm is the grandparent. Whoever started npm may go: that is what nohup is for.
  const isBehindShell = stat !== null && /^(ba|da|z|k)?sh$/.test(stat.name);
  return { parent: process.ppid, npm: isBehindShell ? stat.parent : null };
}
