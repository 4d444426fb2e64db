import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSealer } from "@/lib/vault/sealer";
import { createMasterKeyRefresh, masterKeysOf } from "./master-keys";
import { ensureSecrets, renewEncryptionKey } from "./secrets";

let dataDir: string;
const given = { auth: null, encryption: null, formerEncryption: [] };

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "parley-master-keys-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

test("a master key that is renewed while the app runs is taken, and the former one goes on opening", async () => {
  const sealer = createSealer(masterKeysOf(await ensureSecrets(dataDir, given)));
  const refresh = createMasterKeyRefresh({ dataDir, given, sealer });
  await refresh();
  const before = sealer.masterKeyId();
  const sealed = sealer.seal("a key", ["here"]);
  await refresh();
  expect(sealer.masterKeyId()).toBe(before);
  await renewEncryptionKey(dataDir);
  await refresh();
  expect(sealer.masterKeyId()).not.toBe(before);
  expect(sealer.open(sealed, ["here"])).toBe("a key");
});

test("where the environment gives the master key, the file changes only which former ones are known", async () => {
  const own = { ...given, encryption: Buffer.alloc(32).toString("base64") };
  const generated = createSealer(masterKeysOf(await ensureSecrets(dataDir, given)));
  const sealed = generated.seal("a key", ["here"]);
  const sealer = createSealer(masterKeysOf({ auth: "", encryption: own.encryption, formerEncryption: [] }));
  const before = sealer.masterKeyId();
  expect(sealer.open(sealed, ["here"])).toBeNull();
  await createMasterKeyRefresh({ dataDir, given: own, sealer })();
  expect(sealer.masterKeyId()).toBe(before);
  expect(sealer.open(sealed, ["here"])).toBe("a key");
});
