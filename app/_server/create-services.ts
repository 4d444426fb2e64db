import { createHmac } from "node:crypto";
import { createAccountStore } from "@/db/account-store";
import { createAttempts } from "@/db/attempts";
import { createCastStore } from "@/db/cast-store";
import { createCatalogueStore } from "@/db/catalogue-store";
import { createCharacterStore } from "@/db/character-store";
import { createChatStore } from "@/db/chat-store";
import { openDatabase } from "@/db/client";
import { createEndpointStore } from "@/db/endpoint-store";
import { createEventLog } from "@/db/event-log";
import { createExportSource } from "@/db/export-source";
import { createGuestMove } from "@/db/guest-move";
import { createInstallation } from "@/db/installation";
import { migrate } from "@/db/migrate";
import { moveGuestChats } from "@/db/move-guest-chats";
import { moveGuestKeys } from "@/db/move-guest-keys";
import { moveGuestSettings } from "@/db/move-guest-settings";
import { createProfileStore } from "@/db/profile-store";
import { createSessionCheck } from "@/db/session-check";
import { createSettingsStore } from "@/db/settings-store";
import { createTitleStore } from "@/db/title-store";
import { createTreeStore } from "@/db/tree-store";
import { createUsageLedger } from "@/db/usage-ledger";
import { createUsageReader } from "@/db/usage-reader";
import { createAccounts } from "@/lib/accounts/accounts";
import { createPinoLog } from "@/lib/adapters/pino-log";
import { re2Patterns } from "@/lib/adapters/re2-patterns";
import { createCardChecks } from "@/lib/characters/card-checks";
import { createCasts } from "@/lib/characters/cast";
import { createCharacters } from "@/lib/characters/characters";
import { createChats } from "@/lib/chats/chats";
import { createId } from "@/lib/chats/id";
import { createTitler } from "@/lib/chats/titler";
import { createTree } from "@/lib/chats/tree";
import type { Env } from "@/lib/config/env";
import { createHealth } from "@/lib/diagnostics/health";
import { toChatError } from "@/lib/errors/chat-error";
import { createEventFeed } from "@/lib/events/event-feed";
import { createEventReaders } from "@/lib/events/event-readers";
import { t } from "@/lib/i18n/server-translator";
import { createModelDirectory } from "@/lib/models/directory";
import { createCurrentEndpoints, createEndpoints } from "@/lib/models/endpoints";
import { createEnvironmentKeys } from "@/lib/models/environment-keys";
import type { ModelSource } from "@/lib/models/model-source";
import { createShelves } from "@/lib/models/shelves";
import { createProfiles } from "@/lib/profiles/profiles";
import { createSettingsKeeper } from "@/lib/settings/settings-keeper";
import { createStreaming } from "@/lib/streaming/streaming";
import { createExporter } from "@/lib/transfer/export-chats";
import { createCostEstimates } from "@/lib/usage/cost-estimates";
import { createIsLimited } from "@/lib/usage/is-limited";
import { createReconciler } from "@/lib/usage/reconciler";
import { createUsageReports } from "@/lib/usage/usage-reports";
import { createCheckLimit } from "@/lib/vault/check-limit";
import { createAuth } from "./auth";
import { createCostAsker } from "./cost-asker";
import { createPromptServices } from "./create-prompt-services";
import {
  checkedProvider,
  createOfflineSource,
  createSources,
  endpointSource,
  environmentKeysOf,
  stockUp,
} from "./model-sources";
import { openEngine } from "./open-engine";
import { createOpenTo } from "./open-to";
import { openVault } from "./open-vault";
import { requestContext } from "./request-context";
import { ensureSecrets } from "./secrets";
import { createSessionWatch } from "./session-watch";
import { trustedOrigins } from "./trusted-origins";

/** Opens what the app runs on and puts it together. The only place that knows all the parts. */
export async function createServices(env: Env) {
  const log = createPinoLog({ level: env.logLevel, context: () => ({ ...requestContext.getStore() }) });
  const database = await openDatabase({ database: env.database, dataDir: env.dataDir, url: env.appUrl, log });
  const migrated = await migrate(database);
  log.info({ engine: database.engine, migrations: migrated.applied }, "database ready");
  const secrets = await ensureSecrets(env.dataDir, env.secrets);
  const { db } = database;
  const engine = await openEngine({ db, env, log });
  const { bus, pollMs } = engine;
  const preferences = createSettingsKeeper({ store: createSettingsStore(db), bus });

  const closing = new AbortController();
  const sources = createSources(env);
  const endpointStore = createEndpointStore(db);
  const settings = preferences.current;
  const installation = createInstallation(db);
  const currentEndpoints = createCurrentEndpoints({ store: endpointStore, bus, settings, installation });
  async function sourceOf(owner: string | null, provider: string): Promise<ModelSource | null> {
    const ofAll = sources.find(({ id }) => id === provider);
    const endpoint = ofAll ? null : await endpointStore.find(owner, provider);
    if (!endpoint) return ofAll ?? null;
    // Nobody has a key checked at an endpoint that may not be asked.
    if (owner !== null && !(await currentEndpoints.servesOwn(owner))) return null;
    return endpointSource(endpoint, (await settings.ofInstallation()).keys.privateHosts);
  }
  const { vault, connect, keyRing, sealer, reseal } = openVault({
    db,
    env,
    secrets,
    sources,
    sourceOf,
    settings: preferences.current,
    bus,
    log,
    closing: closing.signal,
  });
  const shelves = createShelves({ store: createCatalogueStore(db) });
  const models = createModelDirectory({
    async sourcesOf(userId) {
      const [{ endpoints, privateHosts }, { prices }] = await Promise.all([
        currentEndpoints.ofPerson(userId),
        settings.ofInstallation(),
      ]);
      return [
        ...sources.map((source) => (source.id === "openai" ? { ...source, prices } : source)),
        ...endpoints.map((endpoint) => endpointSource(endpoint, privateHosts)),
      ];
    },
    fallback: createOfflineSource(),
    keys: keyRing,
    shelves,
    preferencesOf: async (userId) => (await settings.ofPerson(userId)).models,
    pseudonymOf: (userId) => createHmac("sha256", secrets.auth).update(userId).digest("base64url"),
    configuredDefault: env.defaultModel,
  });
  const chatStore = createChatStore(db);
  const eventLog = createEventLog(db);
  const ledger = createUsageLedger(db);
  const isLimited = createIsLimited(settings);
  const titler =
    env.titles &&
    createTitler({
      store: createTitleStore(db),
      models,
      ledger,
      model: env.titles.model,
      bus,
      log,
      closing: closing.signal,
    });
  const casts = createCasts({ store: createCastStore(db), bus });
  const prompts = createPromptServices({
    db,
    env,
    chats: chatStore,
    casts,
    models,
    ledger,
    settings,
    bus,
    log,
    closing: closing.signal,
  });
  const { counter, composer, summariser } = prompts;
  const streaming = createStreaming({
    store: engine.store,
    chunkLog: engine.chunkLog,
    chats: chatStore,
    models,
    ledger,
    log,
    owner: createId(),
    bus,
    pollMs,
    functionMsMax: env.functionMsMax,
    stopUnreadAfterMs: env.stopUnreadAfterMs,
    closing: closing.signal,
    explain: (error, requestId) => toChatError(error, requestId, t),
    titler,
    prompts: composer,
    summariser,
    isLimited,
  });

  const characters = createCharacters({ store: createCharacterStore(db), bus });
  const cardChecks = createCardChecks({ models, counter, patterns: re2Patterns });
  const profiles = createProfiles({ store: createProfileStore(db), bus });
  const chats = createChats({
    store: chatStore,
    models,
    casts,
    settings: preferences.current,
    bus,
    progressOf: streaming.progressOf,
    partsOf: streaming.partsOf,
    stop: streaming.stop,
  });
  const accounts = createAccounts({ store: createAccountStore(db), bus, log, stop: streaming.stop });

  const moveRows = createGuestMove(db, async (...moved) => {
    await moveGuestChats(...moved);
    await moveGuestKeys(sealer)(...moved);
    await moveGuestSettings(...moved);
  });

  const origins = trustedOrigins(env);
  const auth = createAuth({
    db,
    installation,
    async moveGuest(guestId, accountId) {
      await moveRows(guestId, accountId);
      keyRing.changed(accountId);
      preferences.changed(accountId);
    },
    eraseAccount: accounts.erase,
    log,
    secret: secrets.auth,
    appUrl: env.appUrl,
    trustedOrigins: origins,
    signUp: env.signUp,
    guests: env.guests,
    rateLimits: env.rateLimits,
    trustProxyHops: env.trustProxyHops,
  });

  const endpoints = createEndpoints({
    store: endpointStore,
    vault,
    keyRing,
    limit: createCheckLimit({ isOn: env.rateLimits, attempts: createAttempts(db), what: "endpoint-check" }),
    settings,
    sourceOf: endpointSource,
    shelves,
  });

  return {
    log,
    auth,
    models,
    /** So that the first page need not wait for the environment's models. */
    stockModels: () => stockUp(sources, createEnvironmentKeys(environmentKeysOf(env)), shelves),
    streaming,
    /** What goes on behind an answer: a function has to be kept alive for it. */
    titled: () => Promise.all([titler?.idle(), summariser.idle()]),
    origins,
    chats,
    characters,
    cardChecks,
    profiles,
    accounts,
    preferences,
    previews: prompts.previews,
    summaries: prompts.summaries,
    endpoints,
    vault,
    connect,
    /** To be called now and then, for a master key that was renewed. */
    reseal,
    exporter: createExporter({ source: createExportSource(db), chats, characters, profiles, t }),
    tree: createTree({ store: createTreeStore(db), chatStore, chats, models, bus, t }),
    events: {
      feed: createEventFeed({ eventLog, bus, pollMs, closing: closing.signal }),
      readers: createEventReaders(),
      lastSeq: eventLog.lastSeq,
      dropOlder: eventLog.dropOlder,
    },
    usage: {
      ...createUsageReports(createUsageReader(db), models),
      ...createCostEstimates({ chats: chatStore, models, ledger }),
      standings: ledger.standings,
      releaseLost: ledger.releaseLost,
      ...createReconciler({
        ledger,
        providerOf: createCostAsker(sources, keyRing),
        bus,
        log,
        closing: closing.signal,
      }),
    },
    sessionWatch: createSessionWatch({ aliveOf: createSessionCheck(db), log }),
    health: createHealth({ database, bus, provider: checkedProvider(env, sources) }),
    settings: { signUp: env.signUp, guests: env.guests },
    openTo: createOpenTo(env, installation),
    /** Whether this process goes on between requests: then it looks for what others have left. */
    isLasting: env.functionMsMax === null,
    /** The process is alone on its database: whatever was being written before it came is abandoned. */
    isAlone: database.engine === "pglite",
    /**
     * Takes no more questions, sends the readers away and lets the answers end for at most `graceMs`. What
     * other requests need is closed once they are `responded` to.
     */
    async close(graceMs: number, responded: () => Promise<unknown>) {
      closing.abort();
      await streaming.drain(graceMs);
      await responded();
      await streaming.drain(0);
      await titler?.idle();
      await summariser.idle();
      await keyRing.idle();
      await engine.close();
      await database.close();
    },
  };
}
