import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findProgram, isExecutable } from "./find-program.mjs";
import { Refusal } from "./refusal.mjs";
import { run } from "./run.mjs";
import { freePort, startService } from "./test-service.mjs";

/**
 * Starts a throw-away PostgreSQL on a free port of 127.0.0.1. It is fast and does not survive a power cut.
 *
 * @returns {Promise<{ url: string, stop(): Promise<void> }>}
 */
export async function startPostgres({ signal } = {}) {
  const programs = findPostgres();
  if (!programs) {
    throw new Refusal(
      "PostgreSQL is not on this machine, and the tests run against a real one. Install it: " +
        "`apt-get install postgresql`, or `brew install postgresql@17`.",
    );
  }
  const folder = mkdtempSync(join(tmpdir(), "parley-postgres-"));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", removeFolder);
  const identity = serverIdentity();
  if (identity.uid !== undefined) chownSync(folder, identity.uid, identity.gid);
  const place = { cwd: folder, identity };
  const data = join(folder, "data");
  const created = await run(
    join(programs, "initdb"),
    ["-D", data, "-U", "parley", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"],
    { ...place, isQuiet: true, signal },
  );
  if (created.code !== 0)
    throw new Refusal(`PostgreSQL could not be set up for the tests. It says:\n\n${created.output}`);
  const port = await freePort();
  const settings = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"];
  const service = await startService({
    ...place,
    name: "PostgreSQL",
    command: join(programs, "postgres"),
    args: [
      "-D",
      data,
      "-k",
      folder,
      "-h",
      "127.0.0.1",
      "-p",
      String(port),
      ...settings.flatMap((each) => ["-c", each]),
    ],
    readyText: "ready to accept connections",
    // Fast: it does not wait for clients that are still connected.
    stopSignal: "SIGINT",
  });
  return {
    url: `postgres://parley@127.0.0.1:${port}/postgres`,
    async stop() {
      await service.stop();
      removeFolder();
      process.off("exit", removeFolder);
    },
  };
}

/** The folder that holds both `initdb` and `postgres`. Distributions keep them off PATH, one folder a version. */
function findPostgres() {
  const onPath = findProgram(["initdb"]);
  const folders = [
    onPath && dirname(realpathSync(onPath)),
    ...versions("/usr/lib/postgresql").map((folder) => join(folder, "bin")),
    ...["/opt/homebrew/opt", "/usr/local/opt", "/usr"]
      .flatMap(versions)
      .filter((folder) => /postgresql|pgsql/.test(folder))
      .map((folder) => join(folder, "bin")),
  ];
  return folders.find(
    (folder) => folder && ["initdb", "postgres"].every((name) => isExecutable(join(folder, name))),
  );
}

/** The folders in a folder, the highest version first. */
function versions(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))
    .map((name) => join(folder, name));
}

/** PostgreSQL refuses to run as root. */
function serverIdentity() {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const user = users.find(([name]) => name === "postgres") ?? users.find(([name]) => name === "nobody");
  if (!user)
    throw new Refusal(
      "PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to run it as.",
    );
  return { uid: Number(user[2]), gid: Number(user[3]) };
}
