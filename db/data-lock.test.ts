import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { acquireDataLock, DataDirectoryInUse, findDataOwner } from "./data-lock";
import { type Child, startChild } from "./testing/child";

const url = "http://localhost:3000";

test("a second process is refused with a sentence that names the first one", async () => {
  const directory = await emptyDirectory();
  const first = await startContender(directory);
  expect(await take(first)).toBe("held");
  await expect(acquireDataLock(directory)).rejects.toThrow(
    `Parley is already running on this data directory (process ${first.pid}, ${url}). ` +
      "Stop it first, or set DATA_DIR to another folder.",
  );
  await expect(acquireDataLock(directory)).rejects.toMatchObject({ name: "BootError" });
});

test("the same process is refused as well", async () => {
  const directory = await emptyDirectory();
  const lock = await acquireDataLock(directory);
  await expect(acquireDataLock(directory)).rejects.toBeInstanceOf(DataDirectoryInUse);
  await lock.release();
});

test("a released directory is free again and holds nothing of the lock", async () => {
  const directory = await emptyDirectory();
  const lock = await acquireDataLock(directory, { url });
  expect(await findDataOwner(directory)).toMatchObject({ pid: process.pid, url });
  await lock.release();
  await lock.release();
  expect(await readdir(directory)).toEqual([]);
  expect(await findDataOwner(directory)).toBeNull();
  await (await acquireDataLock(directory)).release();
});

test("whoever releases twice does not take the lock from the next owner", async () => {
  const directory = await emptyDirectory();
  const first = await acquireDataLock(directory);
  await first.release();
  const second = await acquireDataLock(directory);
  await first.release();
  expect(await findDataOwner(directory)).toMatchObject({ pid: process.pid });
  expect(await askAddress(directory)).toMatchObject({ pid: process.pid });
  await second.release();
});

test("of several that start at once after a kill -9, one gets the directory, round after round", async () => {
  const directory = await emptyDirectory();
  const contenders = await Promise.all(Array.from({ length: 4 }, () => startContender(directory)));
  for (let round = 0; round < 25; round++) {
    const answers = await Promise.all(contenders.map(take));
    const winner = answers.indexOf("held");
    const owner = contenders[winner];
    expect(answers.toSpliced(winner, 1)).toEqual(
      Array(3).fill(expect.stringContaining(`(process ${owner?.pid}, ${url})`)),
    );
    await owner?.kill();
    contenders[winner] = await startContender(directory);
  }
});

test("an owner that is too busy to answer keeps the directory and is named by its process", async () => {
  const directory = await emptyDirectory();
  const owner = await startContender(directory);
  expect(await take(owner)).toBe("held");
  owner.tell("block");
  expect(await owner.nextLine()).toBe("blocked");
  await expect(acquireDataLock(directory)).rejects.toThrow(`(process ${owner.pid})`);
});

test("a directory whose path is too long for a socket is locked all the same", async () => {
  const directory = join(await emptyDirectory(), "a-rather-long-name/".repeat(8));
  const owner = await startContender(directory);
  expect(await take(owner)).toBe("held");
  expect(await findDataOwner(directory)).toMatchObject({ pid: owner.pid, url });
  await expect(acquireDataLock(directory)).rejects.toBeInstanceOf(DataDirectoryInUse);
  await owner.kill();
  await (await acquireDataLock(directory)).release();
});

test("whoever connects to lock.sock is told who the owner is", async () => {
  const directory = await emptyDirectory();
  const lock = await acquireDataLock(directory, { url });
  const { startedAt, ...owner } = await askAddress(directory);
  expect(owner).toEqual({ pid: process.pid, url });
  expect(Date.now() - Date.parse(startedAt)).toBeLessThan(10_000);
  await lock.release();
});

test("leftovers that are no sockets do not keep anybody out", async () => {
  const directory = await emptyDirectory();
  await mkdir(join(directory, "lock", "folder"), { recursive: true });
  await writeFile(join(directory, "lock", ".DS_Store"), "");
  await writeFile(join(directory, "lock.sock"), "");
  await (await acquireDataLock(directory)).release();
});

test("the lock does not keep a process from ending", async () => {
  const directory = await emptyDirectory();
  const owner = await startContender(directory);
  expect(await take(owner)).toBe("held");
  expect(await owner.finish()).toBe(0);
  expect(await findDataOwner(directory)).toBeNull();
});

async function startContender(directory: string): Promise<Child> {
  const contender = startChild(join(import.meta.dirname, "data-lock.child.mjs"), directory, url);
  expect(await contender.nextLine()).toBe("ready");
  return contender;
}

function take(contender: Child): Promise<string> {
  contender.tell("take");
  return contender.nextLine();
}

async function askAddress(directory: string) {
  const socket = connect(join(directory, "lock.sock"));
  let text = "";
  for await (const chunk of socket.setEncoding("utf8")) text += chunk;
  expect(text.endsWith("\n")).toBe(true);
  return JSON.parse(text);
}

async function emptyDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "parley-lock-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
