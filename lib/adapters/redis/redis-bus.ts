import type { Log } from "@/lib/diagnostics/log";
import { AppError } from "@/lib/errors/app-error";
import type { Bus, Topic } from "@/lib/events/bus";
import { createLocalBus } from "@/lib/events/local-bus";
import { isReadyWithin, openRedis, reasonOf } from "./open-redis";
import { within } from "./within";

const prefix = "parley:";
const openingMsMax = 2_000;
const probeMsMax = 3_000;
const closingMsMax = 1_000;
// One command for all that a flush tells of: the client's work for each costs more than the wake-up.
const publishAll = "for _, channel in ipairs(KEYS) do redis.call('publish', channel, ARGV[1]) end";
// Tells a connection that has died in silence from one on which nothing is told.
const pingMs = 5_000;
// As often as a reader looks where no wake-ups are to be had.
const pollMs = 300;

/**
 * Wake-ups over Redis, which passes on only those that somebody waits for. While Redis is away
 * everybody here is woken every 300 ms instead. Resolves without Redis, too: it is joined when it comes.
 */
export async function createRedisBus({ url, log }: { url: string; log: Log }): Promise<Bus> {
  const local = createLocalBus();
  const publisher = openRedis({ url, name: "publisher", log });
  const subscriber = openRedis({ url, name: "subscriber", log });
  const sender = crypto.randomUUID();
  const waiting = new Map<string, { topic: Topic; subscriptions: number }>();
  let gathered = new Set<Topic>();
  let isDeaf = true;

  async function listen(channels: readonly string[]): Promise<boolean> {
    if (subscriber.status !== "ready") return false;
    try {
      if (channels.length > 0) await subscriber.subscribe(...channels);
    } catch (error) {
      if (!isDeaf) log.warn({ reason: reasonOf(error) }, "wake-ups were refused: polling instead");
      isDeaf = true;
      return false;
    }
    // What was told before has woken nobody.
    wake(channels);
    return true;
  }

  async function listenToAll() {
    isDeaf = !(await listen([...waiting.keys()]));
  }

  function wake(channels: Iterable<string>) {
    for (const channel of channels) {
      const found = waiting.get(channel);
      if (found) local.publish(found.topic);
    }
  }

  async function send() {
    const topics = [...gathered];
    gathered = new Set();
    // Who is not woken looks by itself: nothing is kept for when Redis comes back.
    if (publisher.status !== "ready" || topics.length === 0) return;
    const channels = topics.map((topic) => `${prefix}${topic}`);
    await publisher.eval(publishAll, channels.length, ...channels, sender).catch(ignoreLoss);
  }

  subscriber.on("ready", () => void listenToAll());
  subscriber.on("close", () => {
    isDeaf = true;
  });
  subscriber.on("message", (channel, from) => {
    if (from !== sender) wake([channel]);
  });
  const poll = setInterval(() => {
    if (!isDeaf) return;
    wake([...waiting.keys()]);
    void listenToAll();
  }, pollMs);
  const ping = setInterval(() => {
    if (subscriber.status === "ready") subscriber.ping().catch(ignoreLoss);
  }, pingMs);

  await Promise.all([publisher, subscriber].map((redis) => isReadyWithin(redis, openingMsMax)));

  return {
    publish(topic) {
      local.publish(topic);
      gathered.add(topic);
      // Wake-ups of one flush leave together.
      if (gathered.size === 1) setImmediate(send);
    },
    subscribe(topic, wakeUp) {
      const end = local.subscribe(topic, wakeUp);
      const channel = `${prefix}${topic}`;
      const entry = waiting.get(channel) ?? { topic, subscriptions: 0 };
      waiting.set(channel, entry);
      if (++entry.subscriptions === 1) void listen([channel]);
      let isSubscribed = true;
      return () => {
        if (!isSubscribed) return;
        isSubscribed = false;
        end();
        if (--entry.subscriptions > 0) return;
        waiting.delete(channel);
        if (subscriber.status === "ready") subscriber.unsubscribe(channel).catch(ignoreLoss);
      };
    },
    async check() {
      const channel = `${prefix}probe:${crypto.randomUUID()}`;
      const arrived = Promise.withResolvers<void>();
      const onMessage = (from: string) => {
        if (from === channel) arrived.resolve();
      };
      subscriber.on("message", onMessage);
      try {
        await subscriber.subscribe(channel);
        await publisher.publish(channel, sender);
        await within(arrived.promise, probeMsMax);
      } catch {
        throw new AppError("unavailable", "wake-ups do not arrive over Redis");
      } finally {
        subscriber.off("message", onMessage);
        subscriber.unsubscribe(channel).catch(ignoreLoss);
      }
      return "Redis";
    },
    async close() {
      clearInterval(poll);
      clearInterval(ping);
      await local.close();
      // Others wait for what was told last: that an answer has ended, or is theirs now.
      await within(send(), closingMsMax).catch(ignoreLoss);
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}

/** A connection that is gone is opened again, and then subscribes to what is waited for. */
function ignoreLoss() {}
