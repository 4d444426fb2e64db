import { createAttempts } from "@/db/attempts";
import type { Db } from "@/db/client";
import { createPromptRecords } from "@/db/prompt-records";
import { createSummaryStore } from "@/db/summary-store";
import { loadGptEncoding } from "@/lib/adapters/gpt-encodings";
import { re2Patterns } from "@/lib/adapters/re2-patterns";
import type { Casts } from "@/lib/characters/cast";
import { createCastReader } from "@/lib/characters/cast-reader";
import type { ChatStore } from "@/lib/chats/chat-store";
import type { Env } from "@/lib/config/env";
import type { Log } from "@/lib/diagnostics/log";
import type { Bus } from "@/lib/events/bus";
import type { ModelDirectory } from "@/lib/models/directory";
import { createPromptComposer } from "@/lib/prompts/composer";
import { estimateTokens } from "@/lib/prompts/estimate-tokens";
import { createPreviews } from "@/lib/prompts/previews";
import { createSummaries } from "@/lib/prompts/summaries";
import { createSummariser } from "@/lib/prompts/summariser";
import { createSummaryTurns } from "@/lib/prompts/summary-turns";
import { createSummaryWriter } from "@/lib/prompts/summary-writer";
import { createTokenCounter } from "@/lib/prompts/token-counter";
import type { CurrentSettings } from "@/lib/settings/settings-keeper";
import type { UsageLedger } from "@/lib/usage/ledger";
import { createCheckLimit } from "@/lib/vault/check-limit";

interface PromptParts {
  db: Db;
  env: Env;
  chats: ChatStore;
  casts: Casts;
  models: ModelDirectory;
  ledger: UsageLedger;
  settings: CurrentSettings;
  bus: Bus;
  log: Log;
  closing: AbortSignal;
}

/** What decides what a model is told, and shows it. */
export function createPromptServices(parts: PromptParts) {
  const { db, env, chats, casts, models, ledger, settings, bus, log, closing } = parts;
  const counter = createTokenCounter({ load: loadGptEncoding });
  const cast = createCastReader({ casts, countTokens: estimateTokens, patterns: re2Patterns });
  const composer = createPromptComposer({ settings, cast, counter });
  const store = createSummaryStore(db);
  const writer = createSummaryWriter({ store, ledger, bus, log, closing });
  const turns = createSummaryTurns();
  return {
    counter,
    composer,
    summariser: createSummariser({ writer, turns, models, log, closing }),
    summaries: createSummaries({
      chats,
      records: store,
      writer,
      turns,
      limit: createCheckLimit({ isOn: env.rateLimits, attempts: createAttempts(db), what: "summary" }),
      models,
      settings,
      bus,
    }),
    previews: createPreviews({ chats, records: createPromptRecords(db), composer, models, ledger, counter }),
  };
}
