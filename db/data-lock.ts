import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, realpath, rename, rm, rmdir, symlink } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve as toAbsolute } from "node:path";

export interface DataLock {
  /** May be called again: it then does nothing. */
  release(): Promise<void>;
}

export interface DataOwner {
  pid: number | null;
  startedAt: string | null;
  url: string | null;
}

export class DataDirectoryInUse extends Error {
  override name = "BootError";
  readonly owner: DataOwner;

  constructor(owner: DataOwner) {
    const known = [owner.pid && `process ${owner.pid}`, owner.url].filter(Boolean).join(", ");
    super(
      `Parley is already running on this data directory${known && ` (${known})`}. ` +
        "Stop it first, or set DATA_DIR to another folder.",
    );
    this.owner = owner;
  }
}

/**
 * Makes this process the only one on `directory`, which is created where it is missing.
 * Throws `DataDirectoryInUse` when another one, or this one, is there already.
 *
 * The owner is whoever listens on the socket in `lock/`: the kernel lets go of it however the process ends.
 * A socket is made in a folder of its own, and that folder is renamed to `lock/` once the socket listens. The
 * rename fails unless `lock/` is missing or empty, so one of many wins, and a socket in it that refuses is dead
 * for good. A socket's name is never used twice, so whoever removes a dead one cannot hit its successor.
 */
export async function acquireDataLock(directory: string, info: { url?: string } = {}): Promise<DataLock> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const owner: DataOwner = { pid: process.pid, startedAt: new Date().toISOString(), url: info.url ?? null };
  const take = process.platform === "win32" ? listenOnPipe : publishSocket;
  for (let round = 0; round < roundsMax; round++) {
    const found = await findDataOwner(directory);
    if (found !== null) throw new DataDirectoryInUse(found);
    const lock = await take(directory, `${JSON.stringify(owner)}\n`);
    if (lock !== null) return lock;
  }
  throw new DataDirectoryInUse(unknownOwner);
}

/** A round is lost only to somebody who took the lock, or let go of it, in the middle of it. */
const roundsMax = 20;

/** An owner whose event loop is held up accepts and stays silent. */
const answerMsMax = 2_000;

const unknownOwner: DataOwner = { pid: null, startedAt: null, url: null };

/** Who runs on `directory` now. Removes what dead owners left behind. */
export async function findDataOwner(directory: string): Promise<DataOwner | null> {
  if (process.platform === "win32") {
    const found = await ask(await pipeOf(directory));
    return typeof found === "string" ? null : found;
  }
  const folder = join(directory, "lock");
  for (const name of await readdir(folder).catch(nothingIfMissing)) {
    const found = await atShortPath(join(folder, name), ask);
    if (found === "dead") await rm(join(folder, name), { recursive: true, force: true });
    else if (found !== "gone") return { ...found, pid: found.pid ?? (Number.parseInt(name, 10) || null) };
  }
  return null;
}

/** `null` when another process was first. */
async function publishSocket(directory: string, answer: string): Promise<DataLock | null> {
  const folder = join(directory, "lock");
  const name = `${process.pid}-${randomBytes(6).toString("hex")}.sock`;
  const draft = await mkdtemp(`${folder}.`);
  let server: Server | null = null;
  try {
    server = await atShortPath(join(draft, name), (path) => listen(path, answer));
    await rename(draft, folder);
  } catch (error) {
    if (server) await close(server);
    await rm(draft, { recursive: true, force: true });
    if (isCode(error, "ENOTEMPTY", "EEXIST")) return null;
    throw error;
  }
  const held = server;
  // The address that others may know. It decides nothing, and only the owner writes it.
  const address = join(directory, "lock.sock");
  await rm(address, { force: true });
  await symlink(join("lock", name), address);
  let released: Promise<void> | null = null;
  async function letGo() {
    await rm(address, { force: true });
    await rm(join(folder, name), { force: true });
    // When it is not empty, the next owner is in it already.
    await rmdir(folder).catch(() => {});
    await close(held);
  }
  return {
    release() {
      released ??= letGo();
      return released;
    },
  };
}

/** Windows gives a pipe's name to one server at a time and takes it back with the process. */
async function listenOnPipe(directory: string, answer: string): Promise<DataLock | null> {
  try {
    const server = await listen(await pipeOf(directory), answer);
    return { release: () => close(server) };
  } catch (error) {
    if (isCode(error, "EADDRINUSE")) return null;
    throw error;
  }
}

async function pipeOf(directory: string): Promise<string> {
  const place = (await realpath(directory)).toLowerCase();
  return `\\\\.\\pipe\\parley-${createHash("sha256").update(place).digest("hex").slice(0, 32)}`;
}

function listen(path: string, answer: string): Promise<Server> {
  const server = createServer((socket) => {
    // Whoever asked and left has no use for the answer.
    socket.on("error", () => {});
    socket.unref();
    socket.end(answer, () => socket.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, () => resolve(server.unref()));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

function ask(path: string): Promise<DataOwner | "dead" | "gone"> {
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(path);
    socket.setEncoding("utf8");
    socket.setTimeout(answerMsMax, () => {
      socket.destroy();
      resolve(unknownOwner);
    });
    socket.on("data", (chunk: string) => {
      text += chunk;
    });
    // Without a word it was on its way out: the next look finds it dead.
    socket.on("end", () => resolve(text === "" ? "gone" : parseOwner(text)));
    socket.on("error", (error) => {
      socket.destroy();
      if (isCode(error, "ECONNREFUSED", "ENOTSOCK")) resolve("dead");
      else if (isCode(error, "ENOENT", "ECONNRESET", "EPIPE")) resolve("gone");
      else if (isCode(error, "EAGAIN", "EACCES", "EPERM")) resolve(unknownOwner);
      else reject(error);
    });
  });
}

function parseOwner(text: string): DataOwner {
  try {
    const told: { [Key in keyof DataOwner]?: unknown } = JSON.parse(text);
    return {
      pid: typeof told.pid === "number" ? told.pid : null,
      startedAt: typeof told.startedAt === "string" ? told.startedAt : null,
      url: typeof told.url === "string" ? told.url : null,
    };
  } catch {
    // Whatever it says, it lives.
    return unknownOwner;
  }
}

/** A socket's address holds 104 bytes on macOS and 108 on Linux: a longer path is reached through a link. */
async function atShortPath<T>(path: string, use: (path: string) => Promise<T>): Promise<T> {
  if (Buffer.byteLength(path) < 104) return use(path);
  const folder = await mkdtemp(join(tmpdir(), "parley-"));
  try {
    await symlink(toAbsolute(dirname(path)), join(folder, "d"));
    return await use(join(folder, "d", basename(path)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function nothingIfMissing(error: unknown): [] {
  if (isCode(error, "ENOENT")) return [];
  throw error;
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && "code" in error && codes.some((code) => code === error.code);
}
