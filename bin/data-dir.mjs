import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { otherInstances } from "./instances.mjs";
import { Refusal } from "./refusal.mjs";
import { root } from "./root.mjs";

const retryMs = 200;
/** A little more than a server takes at most to end. */
const endingMsMax = 30_000;

/**
 * Refuses when another process has the embedded database open, long before the database itself would.
 * One that is ending is waited for.
 */
export async function requireFreeDataDir(env, { signal } = {}) {
  if (env.DATABASE_URL?.trim()) return;
  // The app's own lock: it is plain enough for Node to read as it stands.
  const { DataDirectoryInUse, findDataOwner } = await import(
    pathToFileURL(join(root, "db/data-lock.ts")).href
  );
  const dataDir = resolve(root, env.DATA_DIR?.trim() || ".data");
  const givenUpAt = Date.now() + endingMsMax;
  for (let round = 0; ; round++) {
    const owner = await findDataOwner(dataDir);
    if (owner === null) return;
    const instance = otherInstances().find(({ pid }) => pid === owner.pid);
    if (instance?.state !== "ending" || Date.now() > givenUpAt) {
      const inUse = new DataDirectoryInUse({ ...owner, url: owner.url ?? instance?.address ?? null });
      throw new Refusal(inUse.message);
    }
    if (round === 0) console.log(`Waiting for Parley to end on this data directory (process ${owner.pid}) …`);
    await wait(retryMs, undefined, { signal });
  }
}
