import { beforeEach } from "vitest";
import { createChatStore } from "@/db/chat-store";
import { createChunkLog } from "@/db/chunk-log";
import { createGenerationStore } from "@/db/generation-store";
import { user } from "@/db/schema/accounts";
import { createSettingsStore } from "@/db/settings-store";
import { createUsageLedger } from "@/db/usage-ledger";
import { createId } from "@/lib/chats/id";
import { silentLog } from "@/lib/diagnostics/log";
import { toChatError } from "@/lib/errors/chat-error";
import { createLocalBus } from "@/lib/events/local-bus";
import { t } from "@/lib/i18n/server-translator";
import type { ModelChunk } from "@/lib/models/provider";
import { directoryOf } from "@/lib/models/testing/directory-of";
import { nobody } from "@/lib/prompts/cast";
import { createPromptComposer } from "@/lib/prompts/composer";
import { createTokenCounter } from "@/lib/prompts/token-counter";
import { createSettingsKeeper } from "@/lib/settings/settings-keeper";
import type { Generation } from "@/lib/streaming/generation";
import { createStreaming, type Streaming, type StreamingParts } from "@/lib/streaming/streaming";
import type { Engine } from "./engines";
import { readSome, untilText } from "./read-answer";
import { createScriptedProvider, text } from "./scripted-provider";

export const ada = { userId: "ada", isGuest: false, isAdministrator: false };
export const bob = { userId: "bob", isGuest: false, isAdministrator: false };

/** Gives the tests of a suite two people, and processes that share the engine's database. */
export function setUpStreaming(engine: Engine) {
  const bus = createLocalBus();

  beforeEach(async () => {
    for (const id of ["ada", "bob"])
      await engine.db.insert(user).values({ id, name: id, email: `${id}@example.org` });
  });

  /** The streaming core of one process, with a model of its own. */
  function core(parts: Partial<StreamingParts> = {}, model = createScriptedProvider()) {
    const chats = createChatStore(engine.db);
    const streaming = createStreaming({
      store: createGenerationStore(engine.db),
      chunkLog: createChunkLog(engine.db),
      chats,
      models: directoryOf(model),
      prompts: createPromptComposer({
        settings: createSettingsKeeper({ store: createSettingsStore(engine.db), bus }).current,
        cast: nobody,
        counter: createTokenCounter({ load: () => Promise.reject(new Error("no tokenizer")) }),
      }),
      ledger: createUsageLedger(engine.db),
      log: silentLog,
      owner: createId(),
      bus,
      pollMs: 300,
      functionMsMax: null,
      stopUnreadAfterMs: null,
      closing: new AbortController().signal,
      explain: (error, requestId) => toChatError(error, requestId, t),
      ...parts,
    });
    return { streaming, model, chats };
  }

  /** Reads through the log of another process, which sees only what is durable. */
  async function untilStored(writer: Streaming, generation: Generation, wanted: string) {
    await untilText(writer, generation, wanted);
    await untilText(core().streaming, generation, wanted);
  }

  return {
    core,
    untilStored,

    /** An answer that a process has left after `written`, in a way that neither it nor its database noticed. */
    async abandoned(written: string | ModelChunk) {
      const dead = core();
      const chatId = createId();
      const { generation, done } = await dead.streaming.send(ada, ask(chatId, "u1", "Hello"), options());
      dead.model.play(typeof written === "string" ? text(written) : written);
      if (typeof written === "string") await untilStored(dead.streaming, generation, written);
      else while ((await readSome(core().streaming, generation)).length < 4);
      return { dead: { ...dead, done }, next: core(), chatId, generation };
    },
  };
}

export function ask(id: string, messageId: string, said: string) {
  const message = { id: messageId, role: "user" as const, parts: [{ type: "text", text: said }] };
  return { id, message, trigger: "submit-message" as const };
}

export function options() {
  return { idempotencyKey: null, explain: (error: unknown) => toChatError(error, "request", t) };
}

export async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error("it did not fail");
    },
    (error: unknown) => error,
  );
}
