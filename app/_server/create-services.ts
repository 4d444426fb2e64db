import { createChatStore } from "@/db/chat-store";
import { createChunkLog } from "@/db/chunk-log";
import { openDatabase } from "@/db/client";
import { createGenerationStore } from "@/db/generation-store";
import { createGuestMove } from "@/db/guest-move";
import { createInstallation } from "@/db/installation";
import { migrate } from "@/db/migrate";
import { moveGuestChats } from "@/db/move-guest-chats";
import { createPinoLog } from "@/lib/adapters/pino-log";
import { createChats } from "@/lib/chats/chats";
import { createId } from "@/lib/chats/id";
import type { Env } from "@/lib/config/env";
import { createHealth } from "@/lib/diagnostics/health";
import { toChatError } from "@/lib/errors/chat-error";
import { t } from "@/lib/i18n/translator";
import { createModelDirectory } from "@/lib/models/directory";
import { createStreaming } from "@/lib/streaming/streaming";
import { createAuth } from "./auth";
import { createProviders } from "./providers";
import { requestContext } from "./request-context";
import { ensureSecrets } from "./secrets";
import { trustedOrigins } from "./trusted-origins";

/** Opens what the app runs on and puts it together. The only place that knows all the parts. */
export async function createServices(env: Env) {
  const log = createPinoLog({ level: env.logLevel, context: () => ({ ...requestContext.getStore() }) });
  const database = await openDatabase({ database: env.database, dataDir: env.dataDir, url: env.appUrl, log });
  const migrated = await migrate(database);
  log.info({ engine: database.engine, migrations: migrated.applied }, "database ready");
  const secrets = await ensureSecrets(env.dataDir, env.secrets);
  const { db } = database;

  const origins = trustedOrigins(env);
  const auth = createAuth({
    db,
    installation: createInstallation(db),
    moveGuest: createGuestMove(db, moveGuestChats),
    log,
    secret: secrets.auth,
    appUrl: env.appUrl,
    trustedOrigins: origins,
    signUp: env.signUp,
    guests: env.guests,
    rateLimits: env.rateLimits,
    trustProxyHops: env.trustProxyHops,
  });

  const providers = createProviders(env);
  const models = createModelDirectory({ providers, configuredDefault: env.defaultModel });
  const chatStore = createChatStore(db);
  const streaming = createStreaming({
    store: createGenerationStore(db),
    chunkLog: createChunkLog(db),
    chats: chatStore,
    models,
    log,
    owner: createId(),
    explain: (error, requestId) => toChatError(error, requestId, t),
  });

  return {
    log,
    auth,
    models,
    streaming,
    origins,
    chats: createChats({
      store: chatStore,
      models,
      progressOf: streaming.progressOf,
      partsOf: streaming.partsOf,
    }),
    health: createHealth({ database, provider: providers[0] }),
    settings: { signUp: env.signUp, guests: env.guests },
    /** The process is alone on its database: whatever was being written before it came is abandoned. */
    isAlone: database.engine === "pglite",
    close: () => database.close(),
  };
}
