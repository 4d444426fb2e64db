import { existsSync, fsyncSync } from "node:fs";
import { open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

/**
 * PostgreSQL inside this process, on `directory`. A commit that it has confirmed is on the disk, where PGlite as it
 * ships leaves that to chance. Two processes on one directory destroy it: hold the data lock.
 */
export async function openPglite(directory: string): Promise<PGlite> {
  if (!existsSync(directory)) await create(directory);
  return start(directory);
}

/** Under another name until it is whole: a creation that is cut off is begun again. */
async function create(directory: string): Promise<void> {
  const draft = `${directory}.new`;
  await rm(draft, { recursive: true, force: true });
  const pglite = await start(draft);
  await pglite.close();
  await syncTree(draft);
  await rename(draft, directory);
  await syncToDisk(dirname(directory));
}

async function start(directory: string): Promise<PGlite> {
  const pglite = new EmbeddedPostgres({ fs: new SyncedFiles(directory), startParams });
  await pglite.waitReady;
  return pglite;
}

const startParams = [
  // -F is PGlite's default and turns fsync off.
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
  // PostgreSQL's own choice is fdatasync, which does nothing inside PGlite.
  ...["-c", "wal_sync_method=fsync"],
  // The default of 128 MB is paid for by this process; what it leaves out the system's file cache holds.
  ...["-c", "shared_buffers=32MB"],
];

/** PGlite asks its file system to sync, and the one for Node's files has no answer to that. */
class SyncedFiles extends NodeFS {
  override async init(...parameters: Parameters<NodeFS["init"]>) {
    const { emscriptenOpts } = await super.init(...parameters);
    const addSync = (module: object) => {
      fileOperationsOf(module).fsync = syncFile;
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), addSync] } };
  }
}

interface FileOperations {
  fsync?: (file: { nfd: number }) => number;
}

function fileOperationsOf(module: object): FileOperations {
  const nodefs: unknown = "NODEFS" in module && module.NODEFS;
  if (nodefs instanceof Object && "stream_ops" in nodefs && nodefs.stream_ops instanceof Object)
    return nodefs.stream_ops;
  throw new Error("this version of PGlite handles its files in another way, and would not sync them");
}

/** Returns what the C library expects: 0, or the number of the error. Anything but 0 is a panic of PostgreSQL. */
function syncFile({ nfd }: { nfd: number }): number {
  try {
    fsyncSync(nfd);
    return 0;
  } catch (error) {
    return isFolderOnWindows(error) ? 0 : ioErrorNumber;
  }
}

const ioErrorNumber = 29;

/** Windows syncs no folders, and needs no help to remember what is in them. */
function isFolderOnWindows(error: unknown): boolean {
  return process.platform === "win32" && error instanceof Error && "code" in error && error.code === "EPERM";
}

/** After a panic PostgreSQL is gone, and PGlite would run in circles at the next statement, eating memory. */
class EmbeddedPostgres extends PGlite {
  #panic: Error | null = null;

  override async execProtocolStream(...parameters: Parameters<PGlite["execProtocolStream"]>) {
    if (this.#panic) throw this.#panic;
    try {
      return await super.execProtocolStream(...parameters);
    } catch (error) {
      if (error instanceof Error && "severity" in error && error.severity === "PANIC") this.#panic = error;
      throw error;
    }
  }

  override async close(): Promise<void> {
    if (!this.#panic && !this.closed) await super.close();
  }
}

async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    await syncToDisk(join(entry.parentPath, entry.name), entry.isFile() ? "r+" : "r");
  await syncToDisk(folder);
}

async function syncToDisk(path: string, flags = "r"): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } catch (error) {
    if (!isFolderOnWindows(error)) throw error;
  } finally {
    await file.close();
  }
}
