import { fileURLToPath } from "node:url";
import { freePort } from "@/bin/test-service.mjs";
import { startServer } from "./server-process.ts";
import type { Target } from "./target.ts";

export async function startFloor(upstreamUrl: string, logFolder: string): Promise<Target> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer({
    name: "floor",
    args: [fileURLToPath(new URL("./floor-server.ts", import.meta.url))],
    env: { PORT: String(port), UPSTREAM: upstreamUrl },
    cwd: logFolder,
    readyUrl: url,
    logFolder,
  });
  return { name: "floor", url: new URL(url), pid: server.pid, stop: server.stop };
}
