import { createServices } from "./create-services";
import { readEnv } from "./env";
import { noticesOf } from "./notices";
import { startRounds } from "./rounds";
import { setServices } from "./services";

// With a lease of 15 s an abandoned answer is seen to within 20 s.
const sweepMs = 5_000;
const logsKeptMs = 10 * 60_000;
const eventsKeptMs = 60 * 60_000;
const trashKeptMs = 30 * 24 * 60 * 60_000;
const trashLookMs = 10 * 60_000;
// What broken-off answers cost in the end is asked 10 s after them at first.
const accountMs = 10_000;
// With the rest of the shutdown the process is gone within 25 s.
const drainMs = 20_000;

interface ProcessHooks {
  [key: symbol]: unknown;
}

/** Runs once a process, before the first request. Throws a `BootError` when the app cannot start. */
export async function boot(): Promise<void> {
  const env = readEnv();
  const services = await createServices(env);
  const { streaming, log } = services;
  setServices(services);

  if (services.isAlone) await streaming.recover("all");
  else if (services.isLasting) await streaming.recover("expired");
  // The first question must not wait for the list.
  void services.stockModels().catch(() => undefined);

  const sweeping = startRounds(sweepMs, log, async () => {
    if (services.isLasting) await streaming.recover("expired");
    await streaming.dropEndedLogs(logsKeptMs);
    await services.events.dropOlder(eventsKeptMs);
    await services.tree.forgetRemoved();
    await services.reseal();
  });
  const emptying = startRounds(trashLookMs, log, async () => {
    await services.chats.dropTrash(trashKeptMs);
    await services.characters.dropTrash(trashKeptMs);
  });
  emptying.now();
  const accounting = startRounds(accountMs, log, async () => {
    await services.usage.releaseLost();
    await services.usage.reconcile();
  });
  const endTaking = services.isLasting ? streaming.onHandOver(sweeping.now) : null;
  const { unread } = streaming;
  const judging = unread && startRounds(unread.everyMs, log, unread.look);

  const hooks = globalThis as ProcessHooks;
  hooks[Symbol.for("parley.notices")] = noticesOf(env);
  hooks[Symbol.for("parley.shutdown")] = async (responded: () => Promise<unknown>) => {
    endTaking?.();
    await Promise.all([sweeping.end(), emptying.end(), judging?.end(), accounting.end()]);
    await services.close(drainMs, responded);
  };
}
