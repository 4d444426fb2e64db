import { randomBytes } from "node:crypto";
import { createAttempts } from "@/db/attempts";
import { createCredentialStore } from "@/db/credential-store";
import { createSettingsStore } from "@/db/settings-store";
import { silentLog } from "@/lib/diagnostics/log";
import { AppError } from "@/lib/errors/app-error";
import type { Bus } from "@/lib/events/bus";
import { createLocalBus } from "@/lib/events/local-bus";
import { createSettingsKeeper } from "@/lib/settings/settings-keeper";
import { createCheckLimit } from "@/lib/vault/check-limit";
import { createCredentialKeyRing, type EnvironmentKey } from "@/lib/vault/credential-key-ring";
import type { KeyPlace } from "@/lib/vault/key-place";
import { type MasterKeys, parseMasterKey } from "@/lib/vault/master-key";
import { createSealer } from "@/lib/vault/sealer";
import { createVault } from "@/lib/vault/vault";
import type { Engine } from "./engines";

export const openrouter: Place = {
  provider: "openrouter",
  name: "OpenRouter",
  baseUrl: "https://openrouter.ai/api/v1",
};

type Place = Omit<KeyPlace, "check">;

export function aMasterKey() {
  return parseMasterKey(randomBytes(32).toString("base64"));
}

/** The vault of one process. A key with `invalid`, `broke` or `unreachable` in it is answered so by its provider. */
export function vaultUnderTest(
  engine: Engine,
  {
    masterKeys = { current: aMasterKey(), former: [] },
    places = [openrouter],
    environmentKeys = [],
    refreshKeys = async () => {},
    bus = createLocalBus(),
    isLimited = false,
  }: {
    masterKeys?: MasterKeys;
    places?: readonly Place[];
    environmentKeys?: readonly EnvironmentKey[];
    refreshKeys?: () => Promise<unknown>;
    bus?: Bus;
    isLimited?: boolean;
  } = {},
) {
  const checked: { baseUrl: string; apiKey: string }[] = [];
  const checkedPlaces = places.map(
    (place): KeyPlace => ({
      ...place,
      async check(apiKey) {
        checked.push({ baseUrl: place.baseUrl, apiKey });
        if (apiKey.includes("invalid")) throw new AppError("key_invalid", "answered 401");
        if (apiKey.includes("broke")) throw new AppError("provider_credits", "answered 402");
        if (apiKey.includes("unreachable")) throw new AppError("provider_unavailable", "no connection");
      },
    }),
  );
  const log = collectingLog();
  const store = createCredentialStore(engine.db);
  const sealer = createSealer(masterKeys);
  const settings = createSettingsKeeper({ store: createSettingsStore(engine.db), bus });
  const keyRing = createCredentialKeyRing({
    store,
    sealer,
    environmentKeys,
    settings: settings.current,
    refreshKeys,
    bus,
    log,
  });
  const vault = createVault({
    store,
    sealer,
    places: {
      fixed: checkedPlaces,
      find: async (_, provider) => checkedPlaces.find((place) => place.provider === provider) ?? null,
    },
    limit: createCheckLimit({ isOn: isLimited, attempts: createAttempts(engine.db), what: "key-check" }),
    keyRing,
    bus,
  });
  return { vault, keyRing, sealer, store, settings, bus, checked, logged: log.lines };
}

function collectingLog() {
  const lines: string[] = [];
  const keep = (fields: object, message: string) => {
    lines.push(JSON.stringify({ ...fields, message }));
  };
  return { ...silentLog, debug: keep, info: keep, warn: keep, error: keep, lines };
}

/** A key of a person's, as they would set it. */
export function aKey(key: string, provider = "openrouter") {
  return { provider, key, scope: "person" as const };
}
