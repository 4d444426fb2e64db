import fs, { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openPglite } from "./pglite";
import { keepUp } from "./pglite-upkeep";
import { startChild } from "./testing/child";

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "parley-pglite-"));
  const pglite = await openPglite(join(dataDir, "postgres"));
  await pglite.exec("create table line (id int primary key, body text not null)");
  await pglite.close();
});

afterAll(() => rm(dataDir, { recursive: true, force: true }));

test("a commit is confirmed only when its write-ahead log has been synced to the disk", async () => {
  const { calls } = watchFiles();
  const { pglite } = await openCopy();
  for (let id = 0; id < 5; id++) {
    calls.length = 0;
    await pglite.query("insert into line values ($1, 'kept')", [id]);
    const onLog = calls.filter(({ path }) => path.includes("/pg_wal/")).map(({ name }) => name);
    expect(onLog).toContain("write");
    expect(onLog.at(-1)).toBe("sync");
  }
});

test("a checkpoint syncs the tables and the control file", async () => {
  const { calls } = watchFiles();
  const { pglite } = await openCopy();
  await pglite.exec("insert into line values (1, 'kept')");
  calls.length = 0;
  await pglite.exec("checkpoint");
  const synced = calls.filter(({ name }) => name === "sync").map(({ path }) => path);
  expect(synced).toContainEqual(expect.stringContaining("/base/"));
  expect(synced).toContainEqual(expect.stringMatching(/\/pg_control$/));
});

test("what was confirmed survives a kill -9 in mid-write, round after round", {
  timeout: 120_000,
}, async () => {
  const copy = await copyOfData();
  let confirmed = 0;
  for (let round = 0; round < 12; round++) {
    const writer = startChild(join(import.meta.dirname, "pglite.child.mjs"), copy);
    const { count, last } = JSON.parse(await writer.nextLine());
    expect(last).toBeGreaterThanOrEqual(confirmed);
    expect(count).toBe(last);
    const told: string[] = [];
    for (let lines = 0; lines < 20 + round * 7; lines++) told.push(await writer.nextLine());
    told.push(...(await writer.kill()));
    // The last line may have been cut.
    confirmed = Number(told.at(-2));
  }
  expect(confirmed).toBeGreaterThan(500);
});

test("a disk that fails ends the database: nothing more is confirmed, nothing hangs, and it can be opened again", async () => {
  const files = watchFiles();
  const { pglite, directory } = await openCopy();
  await pglite.query("insert into line values (1, 'kept')");
  files.failToSync();
  await expect(pglite.query("insert into line values (2, 'unsure')")).rejects.toThrow("could not fsync");
  files.restore();
  await expect(pglite.query("insert into line values (3, 'refused')")).rejects.toThrow("could not fsync");
  await expect(pglite.transaction((tx) => tx.query("select 1"))).rejects.toThrow("could not fsync");
  await pglite.close();
  const again = await openPglite(directory);
  const { rows } = await again.query("select id from line where body <> 'unsure'");
  expect(rows).toEqual([{ id: 1 }]);
  await again.close();
});

test("a creation that was cut off is begun again", async () => {
  const directory = join(await emptyFolder(), "postgres");
  await mkdir(`${directory}.new`);
  await writeFile(join(`${directory}.new`, "PG_VERSION"), "18\n");
  const pglite = await openPglite(directory);
  expect((await pglite.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  expect(existsSync(`${directory}.new`)).toBe(false);
  await pglite.close();
});

test("upkeep keeps the tables and the write-ahead log from growing with every write", async () => {
  const { pglite } = await openCopy();
  await pglite.exec("insert into line select id, repeat('x', 1000) from generate_series(1, 1000) id");
  for (let round = 0; round < 30; round++) {
    await pglite.exec("update line set body = reverse(body)");
    await keepUp(pglite);
  }
  const { rows } = await pglite.query<Record<"table" | "log", number>>(`
    select pg_relation_size('line') as table, pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::int as log
    from pg_control_checkpoint()`);
  expect(rows[0]?.table).toBeLessThan(6_000_000);
  expect(rows[0]?.log).toBeLessThan(20_000_000);
});

async function openCopy() {
  const directory = join(await copyOfData(), "postgres");
  const pglite = await openPglite(directory);
  onTestFinished(() => pglite.close());
  return { pglite, directory };
}

async function copyOfData(): Promise<string> {
  const folder = await emptyFolder();
  await cp(dataDir, folder, { recursive: true });
  return folder;
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "parley-pglite-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

interface FileCall {
  name: "write" | "sync";
  path: string;
}

/** Listens in on the calls with which PGlite reaches the disk, until the test is over. */
function watchFiles() {
  const { openSync, writeSync, fsyncSync } = fs;
  const paths = new Map<number, string>();
  const calls: FileCall[] = [];
  let isFailing = false;

  function note(name: FileCall["name"], file: number) {
    calls.push({ name, path: paths.get(file) ?? "" });
  }
  Object.assign(fs, {
    openSync(...parameters: Parameters<typeof openSync>) {
      const file = openSync(...parameters);
      paths.set(file, String(parameters[0]));
      return file;
    },
    writeSync(file: number, bytes: Uint8Array, offset: number, length: number, position: number) {
      note("write", file);
      return writeSync(file, bytes, offset, length, position);
    },
    fsyncSync(file: number) {
      if (isFailing) throw Object.assign(new Error("the disk is broken"), { code: "EIO" });
      fsyncSync(file);
      note("sync", file);
    },
  });
  syncBuiltinESMExports();

  function restore() {
    Object.assign(fs, { openSync, writeSync, fsyncSync });
    syncBuiltinESMExports();
  }
  onTestFinished(restore);
  return {
    calls,
    failToSync() {
      isFailing = true;
    },
    restore,
  };
}
