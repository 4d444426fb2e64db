import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { migrate } from "@/db/migrate";
import { user } from "@/db/schema/accounts";
import { aKey, openrouter, vaultUnderTest } from "@/db/testing/vault-under-test";
import { silentLog } from "@/lib/diagnostics/log";
import { parseMasterKey } from "@/lib/vault/master-key";
import { masterKeysOf } from "./master-keys";
import { rotateMasterKey } from "./rotate-master-key";
import { ensureSecrets } from "./secrets";

let dataDir: string;
const ada = { userId: "ada", isGuest: false, isAdministrator: false };
const generated = { auth: null, encryption: null, formerEncryption: [] };

beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), "parley-rotate-")), "data");
});
afterEach(() => rm(join(dataDir, ".."), { recursive: true }));

test("the master key is renewed, or the environment's taken, and what is stored is sealed with it", async () => {
  await withDatabase(async (engine) => {
    await engine.db.insert(user).values({ id: "ada", name: "Ada", email: "ada@example.org" });
    const masterKeys = masterKeysOf(await ensureSecrets(dataDir, generated));
    await vaultUnderTest(engine, { masterKeys }).vault.set(ada, aKey("sk-or-of-ada"));
    // Parley runs: the rest is its own.
    const running = await rotateMasterKey({ DATA_DIR: dataDir });
    expect(running).toEqual({ isRenewed: true, counts: null });
  });
  expect(await rotateMasterKey({ DATA_DIR: dataDir })).toEqual({
    isRenewed: true,
    counts: { resealed: 1, unreadable: 0 },
  });

  const kept = await readFile(join(dataDir, "secrets.json"), "utf8");
  const ENCRYPTION_KEY = Buffer.alloc(32, 7).toString("base64");
  expect(await rotateMasterKey({ DATA_DIR: dataDir, ENCRYPTION_KEY })).toEqual({
    isRenewed: false,
    counts: { resealed: 1, unreadable: 0 },
  });
  expect(await readFile(join(dataDir, "secrets.json"), "utf8")).toBe(kept);
  await withDatabase(async (engine) => {
    const masterKeys = { current: parseMasterKey(ENCRYPTION_KEY), former: [] };
    const { keyRing } = vaultUnderTest(engine, { masterKeys });
    expect(await keyRing.keyFor("ada", openrouter.provider, openrouter.baseUrl)).toMatchObject({
      apiKey: "sk-or-of-ada",
    });
  });

  expect(await rotateMasterKey({ DATA_DIR: dataDir })).toEqual({
    isRenewed: true,
    counts: { resealed: 0, unreadable: 1 },
  });
});

test("a database that is older is left alone, and no key is renewed for it", async () => {
  await expect(rotateMasterKey({ DATA_DIR: dataDir })).rejects.toThrow("Start Parley once");
  await expect(readFile(join(dataDir, "secrets.json"))).rejects.toThrow("ENOENT");
});

async function withDatabase(
  work: (engine: { name: "pglite"; db: Awaited<ReturnType<typeof openDatabase>>["db"] }) => Promise<void>,
) {
  const database = await openDatabase({ database: null, dataDir, url: "http://localhost", log: silentLog });
  try {
    await migrate(database);
    await work({ name: "pglite", db: database.db });
  } finally {
    await database.close();
  }
}
