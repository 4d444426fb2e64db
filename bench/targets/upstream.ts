import { fileURLToPath } from "node:url";
import { freePort } from "@/bin/test-service.mjs";
import { type ServerProcess, startServer } from "./server-process.ts";

/** How one answer went at the scripted model server, which knows when it was really asked. */
export interface UpstreamCall {
  prompt: string;
  /** Milliseconds of the epoch. */
  askedAtMs: number;
  endedAtMs: number | null;
  wasAborted: boolean;
}

/** The scripted model server in a process of its own. */
export interface Upstream {
  baseUrl: string;
  pid: number;
  /** The streamed answers since the last `reset`. */
  calls(): Promise<UpstreamCall[]>;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startUpstream(port: number | null, logFolder: string): Promise<Upstream> {
  const chosenPort = port ?? (await freePort());
  const origin = `http://127.0.0.1:${chosenPort}`;
  const journal = `${origin}/_scripted/requests`;
  const server: ServerProcess = await startServer({
    name: "scripted-model",
    args: [
      fileURLToPath(new URL("../../e2e/scripted-model/main.ts", import.meta.url)),
      "--port",
      String(chosenPort),
      "--quiet",
    ],
    env: {},
    cwd: logFolder,
    readyUrl: `${origin}/_scripted/stats`,
    logFolder,
  });
  return {
    baseUrl: `${origin}/api/v1`,
    pid: server.pid,
    stop: server.stop,
    async reset() {
      await fetch(journal, { method: "DELETE" });
    },
    async calls() {
      const response = await fetch(journal);
      const { requests } = (await response.json()) as { requests: JournalEntry[] };
      return requests.filter(({ stream }) => stream).map(callOf);
    },
  };
}

interface JournalEntry {
  at: string;
  endedAt: string | null;
  stream: boolean;
  aborted: boolean;
  body: { messages?: { role: string; content: string | { text?: string }[] }[] } | null;
}

function callOf({ at, endedAt, aborted, body }: JournalEntry): UpstreamCall {
  const content = body?.messages?.findLast(({ role }) => role === "user")?.content ?? "";
  return {
    prompt: typeof content === "string" ? content : content.map(({ text }) => text ?? "").join(""),
    askedAtMs: Date.parse(at),
    endedAtMs: endedAt === null ? null : Date.parse(endedAt),
    wasAborted: aborted,
  };
}
