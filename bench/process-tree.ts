import { readdirSync, readFileSync, readlinkSync } from "node:fs";

// The kernel tells times in ticks of 10 ms, and memory in pages.
const tickMs = 10;
const pageBytes = 4096;

/** A process with all its descendants, as Linux tells of them; everything is 0 where there is no /proc. */
export interface ProcessTree {
  /** Processor time since the start, in user and kernel mode. */
  cpuMs(): number;
  /** Resident memory of the processes that were there at the last `cpuMs` or `refresh`. */
  memoryMegabytes(): number;
  refresh(): void;
}

export function processTree(rootPid: number): ProcessTree {
  let pids: number[] = [rootPid];
  const refresh = () => {
    pids = descendants(rootPid);
  };
  refresh();
  return {
    refresh,
    cpuMs() {
      refresh();
      return pids.reduce((sum, pid) => sum + (readStat(pid)?.cpuMs ?? 0), 0);
    },
    memoryMegabytes: () => pids.reduce((sum, pid) => sum + residentBytes(pid), 0) / 2 ** 20,
  };
}

/** The process that listens on a port of this machine, for servers that somebody else has started. */
export function listenerOn(port: number): number | null {
  const inodes = new Set(["tcp", "tcp6"].flatMap((table) => listeningInodes(table, port)));
  return (
    numericEntries().find((pid) => {
      try {
        return readdirSync(`/proc/${pid}/fd`).some((fd) => inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`)));
      } catch {
        return false; // It has ended meanwhile, or belongs to somebody else.
      }
    }) ?? null
  );
}

function listeningInodes(table: string, port: number): string[] {
  const listening = "0A";
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return (readText(`/proc/net/${table}`) ?? "").split("\n").flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    return fields[1]?.endsWith(suffix) && fields[3] === listening ? [`socket:[${fields[9]}]`] : [];
  });
}

function descendants(rootPid: number): number[] {
  const children = new Map<number, number[]>();
  for (const pid of numericEntries()) {
    const parent = readStat(pid)?.parent;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found = [rootPid];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

function numericEntries(): number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return []; // No /proc on this system.
  }
}

function readStat(pid: number): { parent: number; cpuMs: number } | null {
  const text = readText(`/proc/${pid}/stat`);
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  // utime and stime, and those of the children that have ended and been waited for.
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { parent: Number(fields[1]), cpuMs: ticks * tickMs };
}

function residentBytes(pid: number): number {
  return Number(readText(`/proc/${pid}/statm`)?.split(" ")[1] ?? 0) * pageBytes;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null; // Another system, or the process has ended.
  }
}
