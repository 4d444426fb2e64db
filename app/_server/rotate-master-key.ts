import { openDatabase } from "@/db/client";
import { createCredentialStore } from "@/db/credential-store";
import { DataDirectoryInUse } from "@/db/data-lock";
import { BootError } from "@/lib/config/boot-error";
import { parseEnv } from "@/lib/config/env";
import { silentLog } from "@/lib/diagnostics/log";
import { type RotationCounts, rotate } from "@/lib/vault/rotation";
import { createSealer } from "@/lib/vault/sealer";
import { masterKeysOf } from "./master-keys";
import { ensureSecrets, renewEncryptionKey } from "./secrets";

export interface RotatedMasterKey {
  /** Whether a new key was made; the environment's is changed by whoever runs the server. */
  isRenewed: boolean;
  /** `null` where a running Parley has the embedded database: it does the rest. */
  counts: RotationCounts | null;
}

/**
 * Puts a new master key in the place of the generated one, and seals every stored key again. With `ENCRYPTION_KEY` in
 * the environment that is the new one already, and `ENCRYPTION_KEY_OLD` has the former.
 */
export async function rotateMasterKey(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<RotatedMasterKey> {
  const env = parseEnv(environment);
  const isRenewed = env.secrets.encryption === null;
  const database = await openDatabase({
    database: env.database,
    dataDir: env.dataDir,
    url: env.appUrl,
    log: silentLog,
  }).catch((error: unknown) => {
    if (error instanceof DataDirectoryInUse) return null;
    throw error;
  });
  if (!database) {
    if (isRenewed) await renewEncryptionKey(env.dataDir);
    return { isRenewed, counts: null };
  }
  try {
    if ((await database.pendingMigrations()).length > 0)
      throw new BootError("The database is older than this Parley. Start Parley once, then run this again.");
    if (isRenewed) await renewEncryptionKey(env.dataDir);
    const sealer = createSealer(masterKeysOf(await ensureSecrets(env.dataDir, env.secrets)));
    return { isRenewed, counts: await rotate({ store: createCredentialStore(database.db), sealer }) };
  } finally {
    await database.close();
  }
}
