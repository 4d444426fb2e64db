import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { AppServer } from "@/e2e/app-server";
import type { RecordedRequest } from "@/e2e/scripted-model/journal.ts";
import type { Guest } from "./conversation.ts";
import { exchange } from "./exchange.ts";
import type { Finding } from "./findings.ts";
import type { Memory } from "./memory.ts";

const readersOfUser = 50;
const readersOfGeneration = 20;

/** A person's places for readers at one server: who was not counted out again takes one for ever. */
export async function findReaders(origin: string, { cookie }: Guest): Promise<string[]> {
  const leaving = new AbortController();
  const chatIds = Array.from({ length: Math.ceil(readersOfUser / readersOfGeneration) }, () => randomUUID());
  const statuses: number[] = [];
  const open: Promise<unknown>[] = [];

  async function enter(method: "GET" | "POST", path: string, body?: unknown) {
    const entered = Promise.withResolvers<void>();
    const ended = exchange({
      origin,
      method,
      path,
      cookie,
      body,
      signal: leaving.signal,
      onHeaders(status) {
        statuses.push(status);
        entered.resolve();
      },
    });
    open.push(ended);
    await Promise.race([entered.promise, ended]);
  }

  for (const id of chatIds) {
    const parts = [{ type: "text", text: "Who is there? [[stall-after=0 heartbeat=1000]]" }];
    await enter("POST", "/api/chat", { id, message: { id: randomUUID(), role: "user", parts } });
  }
  // One more than there is room for.
  for (let number = chatIds.length; number <= readersOfUser; number++)
    await enter("GET", `/api/chat/${chatIds[number % chatIds.length]}/stream`);
  leaving.abort();
  await Promise.all(open);
  await Promise.all(
    chatIds.map((id) => exchange({ origin, method: "POST", path: `/api/chat/${id}/stop`, cookie, body: {} })),
  );
  const admitted = statuses.filter((status) => status === 200).length;
  const isRight = admitted === readersOfUser && statuses.at(-1) === 429;
  return isRight ? [] : [`${origin}: room for ${admitted} readers of ${readersOfUser}`];
}

/** Connections that a server has open with us, as Linux tells of them. */
export function findConnections(servers: readonly AppServer[]): Finding {
  const ports = new Map(servers.map(({ url }) => [Number(new URL(url).port), url]));
  const established = "01";
  const lines = ["tcp", "tcp6"].flatMap((table) => readText(`/proc/net/${table}`).split("\n"));
  const problems = lines.flatMap((line) => {
    const [, local = "", remote = "", state] = line.trim().split(/\s+/);
    const url = ports.get(Number.parseInt(local.split(":").at(-1) ?? "", 16));
    return url && state === established
      ? [`${url} is connected with port ${Number.parseInt(remote.split(":").at(-1) ?? "", 16)}`]
      : [];
  });
  return { guarantee: "no connection is left open at the servers", problems };
}

export function findCalls(requests: readonly RecordedRequest[]): Finding {
  const problems = requests
    .filter(({ endedAt }) => endedAt === null)
    .map(({ id, state }) => `${id} is ${state}`);
  return { guarantee: "no call of the model goes on", problems };
}

// Some five hundred answers of 2 kB lie between the samples: what is kept of each would be seen, and so would
// buffers of their readers. What compiles and caches itself in that time is less.
const growthMegabytesMax = 24;

/** `samples` are taken one after another, all of them when nothing was going on. */
export function findGrowth(samples: readonly (readonly (Memory | null)[])[]): Finding {
  const [last = [], ...earlier] = samples.toReversed();
  const problems = last.flatMap((now) => {
    if (!now) return [];
    const first = earlier.flat().findLast((memory) => memory?.pid === now.pid);
    const growth = first ? now.inUseMegabytes - first.inUseMegabytes : 0;
    return growth > growthMegabytesMax
      ? [`process ${now.pid} has ${growth.toFixed(1)} MB more in use than at first`]
      : [];
  });
  return { guarantee: `no server has more than ${growthMegabytesMax} MB more in use at the end`, problems };
}

/** Lines of the servers' logs that should not be there. */
export function findInLogs(servers: readonly AppServer[], secrets: readonly string[]): Finding[] {
  const lines = servers.flatMap((server) => server.log().split("\n"));
  const errors = lines.flatMap((line, index) => {
    if (/"level":"(error|fatal)"/.test(line)) return isExpected(line) ? [] : [line];
    // What is printed past the log tells where it comes from in the lines that follow.
    return /\b(Unhandled|Uncaught|Error:)/.test(line) ? [lines.slice(index, index + 12).join("\n")] : [];
  });
  const leaks = lines.filter((line) => secrets.some((secret) => line.includes(secret)));
  return [
    { guarantee: "no server logs an error", problems: errors.map(short) },
    { guarantee: "no server logs a key, a session or what somebody has written", problems: leaks.map(short) },
  ];
}

/** A server that was frozen for longer than a lease cannot hand over what is another's by then. */
function isExpected(line: string): boolean {
  return line.includes('"msg":"generation left without an ending"') && line.includes('"type":"unavailable"');
}

function short(line: string): string {
  return line.slice(0, 2_000);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // Another system.
  }
}
