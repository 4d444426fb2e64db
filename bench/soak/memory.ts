import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { listenerOn } from "@/bench/process-tree.ts";
import type { AppServer } from "@/e2e/app-server";

/** What servers that are to be measured are started with. */
export const probeSettings = {
  NODE_OPTIONS: `--expose-gc --import ${fileURLToPath(new URL("memory-probe.mjs", import.meta.url))}`,
};

export interface Memory {
  /** Which life of the server it was. */
  pid: number;
  /** After a collection of garbage: heap and what belongs to it. */
  inUseMegabytes: number;
  residentMegabytes: number;
}

const probeMsMax = 20_000;
const lookMs = 100;

/** `null` where the system does not tell which process a server is. */
export async function measureMemory(server: AppServer): Promise<Memory | null> {
  const pid = pidOf(server);
  if (pid === null) return null;
  const from = server.log().length;
  process.kill(pid, "SIGUSR2");
  const givenUpAt = performance.now() + probeMsMax;
  while (performance.now() < givenUpAt) {
    await wait(lookMs);
    for (const line of server.log().slice(from).split("\n")) {
      if (!line.startsWith('{"probe":"memory"') || !line.endsWith("}")) continue;
      const { rss, inUse } = probed.parse(JSON.parse(line));
      return { pid, inUseMegabytes: inUse / 2 ** 20, residentMegabytes: rss / 2 ** 20 };
    }
  }
  throw new Error("a server did not tell of its memory");
}

export function pidOf({ url }: AppServer): number | null {
  return listenerOn(Number(new URL(url).port));
}

const probed = z.object({ rss: z.number(), inUse: z.number() });
