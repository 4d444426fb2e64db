import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import nextPackage from "next/package.json" with { type: "json" };
import { cacheDir, root } from "@/bin/root.mjs";
import { run } from "@/bin/run.mjs";
import { freePort } from "@/bin/test-service.mjs";
import { startServer } from "./server-process.ts";
import type { Target } from "./target.ts";

const sources = fileURLToPath(new URL("../passthrough", import.meta.url));
const folder = join(cacheDir, "bench-passthrough");
const stampPath = join(folder, "built-from");

/** A route of the same Next.js that hands the model's response on: what the framework alone costs. */
export async function startPassthrough(upstreamUrl: string, logFolder: string): Promise<Target> {
  await build();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer({
    name: "passthrough",
    args: [fileURLToPath(new URL("./passthrough-server.ts", import.meta.url)), folder],
    env: { PORT: String(port), UPSTREAM: upstreamUrl },
    cwd: folder,
    readyUrl: `${url}/api/chat`,
    logFolder,
  });
  return { name: "passthrough", url: new URL(url), pid: server.pid, stop: server.stop };
}

async function build(): Promise<void> {
  const hash = hashOfSources();
  if (existsSync(stampPath) && readFileSync(stampPath, "utf8") === hash) return;
  console.log("Building the passthrough app …");
  rmSync(folder, { recursive: true, force: true });
  cpSync(sources, folder, { recursive: true });
  const next = join(root, "node_modules/next/dist/bin/next");
  const built = await run(process.execPath, [next, "build", folder], {
    cwd: folder,
    env: { NODE_ENV: "production" },
    isQuiet: true,
  });
  if (built.code !== 0) throw new Error(`The passthrough app could not be built:\n\n${built.output}`);
  writeFileSync(stampPath, hash);
}

function hashOfSources(): string {
  const hash = createHash("sha256").update(nextPackage.version);
  for (const entry of readdirSync(sources, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) hash.update(readFileSync(join(entry.parentPath, entry.name)));
  }
  return hash.digest("hex");
}
