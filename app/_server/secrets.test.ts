import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BootError } from "@/lib/config/boot-error";
import { ensureSecrets, readSecrets, renewEncryptionKey } from "./secrets";

let dataDir: string;
const none = { auth: null, encryption: null, formerEncryption: [] };

beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), "parley-secrets-")), "data");
});

afterEach(() => rm(join(dataDir, ".."), { recursive: true }));

test("secrets are made once, for nobody else to read, and found again", async () => {
  const first = await ensureSecrets(dataDir, none);
  expect(Buffer.from(first.encryption, "base64")).toHaveLength(32);
  expect((await stat(join(dataDir, "secrets.json"))).mode & 0o777).toBe(0o600);
  expect(await ensureSecrets(dataDir, none)).toEqual(first);
});

test("two first starts at once go on with the same secrets", async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => ensureSecrets(dataDir, none)));
  expect(new Set(made.map(({ auth }) => auth)).size).toBe(1);
});

test("the environment comes first, and writes nothing when it gives both", async () => {
  const given = {
    auth: "a".repeat(32),
    encryption: Buffer.alloc(32).toString("base64"),
    formerEncryption: [Buffer.alloc(32, 1).toString("base64")],
  };
  expect(await ensureSecrets(dataDir, given)).toEqual(given);
  await expect(readFile(join(dataDir, "secrets.json"))).rejects.toThrow("ENOENT");
});

test("a damaged file is said so and left as it is", async () => {
  await ensureSecrets(dataDir, none);
  await writeFile(join(dataDir, "secrets.json"), "{");
  await expect(ensureSecrets(dataDir, none)).rejects.toThrow(BootError);
  expect(await readFile(join(dataDir, "secrets.json"), "utf8")).toBe("{");
});

test("where the encryption key is missing a new one is made, and nobody is signed out", async () => {
  const { auth, encryption } = await ensureSecrets(dataDir, none);
  const former = Buffer.alloc(32, 1).toString("base64");
  const lost = { BETTER_AUTH_SECRET: auth, ENCRYPTION_KEY_OLD: [former] };
  await writeFile(join(dataDir, "secrets.json"), JSON.stringify(lost));
  expect(await readSecrets(dataDir, none)).toBeNull();
  const renewed = await ensureSecrets(dataDir, none);
  expect(renewed).toMatchObject({ auth, formerEncryption: [former] });
  expect(renewed.encryption).not.toBe(encryption);
  expect(Buffer.from(renewed.encryption, "base64")).toHaveLength(32);
  expect(await ensureSecrets(dataDir, none)).toEqual(renewed);
});

test("a renewed encryption key comes first, the former ones stay, and sessions stay good", async () => {
  const first = await ensureSecrets(dataDir, none);
  await renewEncryptionKey(dataDir);
  const second = await ensureSecrets(dataDir, none);
  await renewEncryptionKey(dataDir);
  const third = await readSecrets(dataDir, none);
  expect(third?.auth).toBe(first.auth);
  expect(third?.formerEncryption).toEqual([second.encryption, first.encryption]);
  expect(new Set([first.encryption, second.encryption, third?.encryption]).size).toBe(3);
  expect(await ensureSecrets(dataDir, none)).toEqual(third);
  expect((await stat(join(dataDir, "secrets.json"))).mode & 0o777).toBe(0o600);
});

test("of renewals at once none drops the key of another, and who is refused is told so", async () => {
  await ensureSecrets(dataDir, none);
  for (let round = 0; round < 5; round++) {
    const before = await readSecrets(dataDir, none);
    const renewals = await Promise.allSettled(Array.from({ length: 4 }, () => renewEncryptionKey(dataDir)));
    const refusals = renewals.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
    for (const refusal of refusals) expect(refusal).toBeInstanceOf(BootError);
    const after = await readSecrets(dataDir, none);
    expect(after?.formerEncryption).toHaveLength(
      (before?.formerEncryption.length ?? 0) + renewals.length - refusals.length,
    );
  }
  expect(await readdir(dataDir)).toEqual(["secrets.json"]);
});

test("a renewal that died is not walked over, and nothing but its remains have to go", async () => {
  const before = await ensureSecrets(dataDir, none);
  const remains = join(dataDir, "secrets.json.renewing");
  await writeFile(remains, "");
  await expect(renewEncryptionKey(dataDir)).rejects.toThrow(remains);
  expect(await readSecrets(dataDir, none)).toEqual(before);
  await rm(remains);
  await renewEncryptionKey(dataDir);
  expect((await readSecrets(dataDir, none))?.formerEncryption).toEqual([before.encryption]);
});

test("who sets an encryption key of their own goes on opening what the generated one has sealed", async () => {
  const { encryption } = await ensureSecrets(dataDir, none);
  const given = {
    auth: "a".repeat(32),
    encryption: Buffer.alloc(32).toString("base64"),
    formerEncryption: [],
  };
  expect(await ensureSecrets(dataDir, given)).toEqual({ ...given, formerEncryption: [encryption] });
});
