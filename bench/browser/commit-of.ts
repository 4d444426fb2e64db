import { spawnSync } from "node:child_process";

/** What a checkout stands at, `-dirty` where files were changed since; null where it has no history. */
export function commitOf(checkout: string): string | null {
  const { status, stdout } = spawnSync("git", ["describe", "--always", "--dirty", "--exclude=*"], {
    cwd: checkout,
    encoding: "utf8",
  });
  return status === 0 ? stdout.trim() : null;
}
