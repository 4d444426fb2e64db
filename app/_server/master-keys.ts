import { stat } from "node:fs/promises";
import type { Log } from "@/lib/diagnostics/log";
import type { CredentialStore } from "@/lib/vault/credential-store";
import { type MasterKeys, parseMasterKey } from "@/lib/vault/master-key";
import { rotate } from "@/lib/vault/rotation";
import type { Sealer } from "@/lib/vault/sealer";
import { type GivenSecrets, readSecrets, type Secrets, secretsPathOf } from "./secrets";

export function masterKeysOf({ encryption, formerEncryption }: Secrets): MasterKeys {
  return { current: parseMasterKey(encryption), former: formerEncryption.map(parseMasterKey) };
}

/** Gives the sealer the master keys in `secrets.json` whenever that was written anew. */
export function createMasterKeyRefresh({
  dataDir,
  given,
  sealer,
}: {
  dataDir: string;
  given: GivenSecrets;
  sealer: Sealer;
}): () => Promise<void> {
  let seen: string | null = null;
  return async () => {
    const file = await stat(secretsPathOf(dataDir)).catch(() => null);
    const mark = file && `${file.ino} ${file.mtimeMs}`;
    if (mark === null || mark === seen) return;
    const secrets = await readSecrets(dataDir, given);
    if (!secrets) return;
    sealer.use(masterKeysOf(secrets));
    seen = mark;
  };
}

/** To be called now and then: once the master key is another one, everything is sealed again with it. */
export function createResealing({
  store,
  sealer,
  refresh,
  log,
  signal,
}: {
  store: CredentialStore;
  sealer: Sealer;
  refresh: () => Promise<void>;
  log: Log;
  signal: AbortSignal;
}): () => Promise<void> {
  let doneFor: string | null = null;
  return async () => {
    await refresh();
    const masterKeyId = sealer.masterKeyId();
    if (masterKeyId === doneFor) return;
    const counts = await rotate({ store, sealer }, signal);
    if (signal.aborted) return;
    doneFor = masterKeyId;
    if (counts.unreadable > 0)
      log.warn({ ...counts }, "stored keys were sealed with a master key that is not known");
    if (counts.resealed > 0)
      log.info({ ...counts, masterKeyId }, "stored keys are sealed with the new master key");
  };
}
