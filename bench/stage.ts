import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "@/bin/test-postgres.mjs";
import type { Options, TargetName } from "./options.ts";
import { listenerOn, type ProcessTree, processTree } from "./process-tree.ts";
import { startFloor } from "./targets/floor.ts";
import { type Parley, startParley } from "./targets/parley.ts";
import { startPassthrough } from "./targets/passthrough.ts";
import type { Target } from "./targets/target.ts";
import { startUpstream, type Upstream } from "./targets/upstream.ts";

/** The servers of one run. A scenario starts what it measures, fresh, and `clear` ends it again. */
export interface Stage {
  options: Options;
  upstream: Upstream;
  startTarget(name: TargetName): Promise<Target>;
  /** Without a database of its own choice it gets that of the options. */
  startParley(name?: string, databaseUrl?: string): Promise<Parley>;
  /** Servers that somebody else has started. */
  given(): Target[];
  /** The URL of the PostgreSQL of the options; `null` when Parley is measured on its embedded database. */
  database(): Promise<string | null>;
  /** The same, but a throw-away one where the options name none. */
  requireDatabase(): Promise<string>;
  /** The server behind `database`, for its share of the costs. */
  databaseTree(): Promise<ProcessTree | null>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

export async function createStage(options: Options): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "parley-bench-"));
  const upstream = await startUpstream(options.modelPort, folder);
  const upstreamUrl = upstream.baseUrl;
  let started: Target[] = [];
  let throwAway: ReturnType<typeof startPostgres> | null = null;

  async function keep<T extends Target>(starting: Promise<T>): Promise<T> {
    const target = await starting;
    started.push(target);
    return target;
  }

  async function requireDatabase(): Promise<string> {
    if (options.database !== null && options.database !== "throw-away") return options.database;
    throwAway ??= startPostgres();
    return (await throwAway).url;
  }

  const database = async () => (options.database === null ? null : requireDatabase());

  async function launchParley(name = "parley", databaseUrl?: string): Promise<Parley> {
    const { checkout, profileFolder } = options;
    const url = databaseUrl ?? (await database());
    return keep(startParley({ name, checkout, upstreamUrl, databaseUrl: url, folder, profileFolder }));
  }

  async function clear(): Promise<void> {
    const ending = started;
    started = [];
    await Promise.all(ending.map((target) => target.stop()));
  }

  return {
    options,
    upstream,
    clear,
    database,
    requireDatabase,
    startParley: launchParley,
    startTarget(name) {
      switch (name) {
        case "floor":
          return keep(startFloor(upstreamUrl, folder));
        case "passthrough":
          return keep(startPassthrough(upstreamUrl, folder));
        case "parley":
          return launchParley();
        default:
          return name satisfies never;
      }
    },
    given: () =>
      options.urls.map((url) => ({
        name: url.host,
        url,
        pid: listenerOn(Number(url.port)),
        stop: async () => {},
      })),
    async databaseTree() {
      const url = await database();
      const pid = url === null ? null : listenerOn(Number(new URL(url).port || 5432));
      return pid === null ? null : processTree(pid);
    },
    async close() {
      await clear();
      await upstream.stop();
      await (await throwAway)?.stop();
    },
  };
}
