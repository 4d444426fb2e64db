import { createAttempts } from "@/db/attempts";
import type { Db } from "@/db/client";
import { createCredentialStore } from "@/db/credential-store";
import { createOpenRouterAuth } from "@/lib/adapters/openrouter-auth";
import type { Env } from "@/lib/config/env";
import type { Log } from "@/lib/diagnostics/log";
import type { Bus } from "@/lib/events/bus";
import type { ModelSource } from "@/lib/models/model-source";
import type { CurrentSettings } from "@/lib/settings/settings-keeper";
import { createCheckLimit } from "@/lib/vault/check-limit";
import { createConnect } from "@/lib/vault/connect";
import { createCredentialKeyRing } from "@/lib/vault/credential-key-ring";
import type { Owner } from "@/lib/vault/credential-store";
import type { KeyPlace } from "@/lib/vault/key-place";
import { createSealer } from "@/lib/vault/sealer";
import { createVault } from "@/lib/vault/vault";
import { createMasterKeyRefresh, createResealing, masterKeysOf } from "./master-keys";
import { environmentKeysOf } from "./model-sources";
import type { Secrets } from "./secrets";

/** The stored keys: what people do with them, and what their answers are paid with. */
export function openVault({
  db,
  env,
  secrets,
  sources,
  sourceOf,
  settings,
  bus,
  log,
  closing,
}: {
  db: Db;
  env: Env;
  secrets: Secrets;
  /** Those of everybody. */
  sources: readonly ModelSource[];
  /** One of those, or an endpoint of the owner's. */
  sourceOf: (owner: Owner, provider: string) => Promise<ModelSource | null>;
  settings: Pick<CurrentSettings, "ofInstallation">;
  bus: Bus;
  log: Log;
  closing: AbortSignal;
}) {
  const store = createCredentialStore(db);
  const sealer = createSealer(masterKeysOf(secrets));
  const refresh = createMasterKeyRefresh({ dataDir: env.dataDir, given: env.secrets, sealer });
  const keyRing = createCredentialKeyRing({
    store,
    sealer,
    environmentKeys: environmentKeysOf(env).flatMap(({ apiKey, ...place }) =>
      apiKey === null ? [] : { ...place, apiKey },
    ),
    settings,
    refreshKeys: refresh,
    bus,
    log,
  });
  const vault = createVault({
    store,
    sealer,
    places: {
      fixed: sources.map(placeOf),
      async find(owner, provider) {
        const source = await sourceOf(owner, provider);
        return source && placeOf(source);
      },
    },
    limit: createCheckLimit({ isOn: env.rateLimits, attempts: createAttempts(db), what: "key-check" }),
    keyRing,
    bus,
  });
  const provider = createOpenRouterAuth({ baseUrl: env.openrouterBaseUrl });
  return {
    vault,
    keyRing,
    sealer,
    connect: createConnect({ provider, vault, sealer, log }),
    /** To be called now and then. */
    reseal: createResealing({ store, sealer, refresh, log, signal: closing }),
  };
}

function placeOf({ id, name, baseUrl, connect }: ModelSource): KeyPlace {
  return { provider: id, name, baseUrl, check: (apiKey, signal) => connect(apiKey).check(signal) };
}
