import { readFileSync } from "node:fs";

/**
 * What names one process for as long as the machine runs: the pid, and where the system tells it
 * (Linux) the tick of its birth, because a pid is given again after a crash or in the next container.
 */
export function processMark(pid = process.pid) {
  return { pid, bornAt: readStat(pid)?.bornAt ?? null };
}

export function isAlive({ pid, bornAt }) {
  const stat = readStat(pid);
  if (stat) return stat.state !== "Z" && (bornAt === null || bornAt === stat.bornAt);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** The parent of a process and its own name; null where the system has no /proc. */
export function readStat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const nameEnd = text.lastIndexOf(")");
    const fields = text.slice(nameEnd + 2).split(" ");
    return {
      name: text.slice(text.indexOf("(") + 1, nameEnd),
      state: fields[0],
      parent: Number(fields[1]),
      bornAt: fields[19],
    };
  } catch {
    return null; // No /proc, or no such process: the caller asks in another way.
  }
}
