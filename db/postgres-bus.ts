import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import type { Log } from "@/lib/diagnostics/log";
import { AppError } from "@/lib/errors/app-error";
import type { Bus, Topic } from "@/lib/events/bus";
import { createLocalBus } from "@/lib/events/local-bus";

const channel = "parley";
// PostgreSQL refuses a payload of 8,000 bytes.
const payloadBytesMax = 7_500;
// Wake-ups of one flush leave in one statement.
const gatherMs = 2;
const detectionMs = 3_000;
const closingMsMax = 1_000;

/**
 * Wake-ups over LISTEN and NOTIFY, on a connection of its own. `null` where notifications do not
 * arrive, as behind a pooler in transaction mode: then readers of other instances' answers poll.
 */
export async function createPostgresBus({ url, log }: { url: string; log: Log }): Promise<Bus | null> {
  const local = createLocalBus();
  const client = postgres(url, {
    max: 2,
    prepare: false,
    connection: { application_name: "parley-bus" },
    onnotice() {},
  });
  const probe: Topic = `user:probe-${crypto.randomUUID()}`;
  let gathered = new Set<Topic>();
  let timer: NodeJS.Timeout | undefined;

  async function send() {
    timer = undefined;
    const topics = [...gathered];
    gathered = new Set();
    for (const payload of payloadsOf(topics)) {
      try {
        await client.notify(channel, payload);
      } catch (error) {
        log.warn({ error, topics: topics.length }, "wake-ups were not sent");
      }
    }
  }

  function publish(topic: Topic) {
    gathered.add(topic);
    if (!timer) timer = setTimeout(() => void send(), gatherMs);
  }

  const bus: Bus = {
    publish(topic) {
      local.publish(topic);
      publish(topic);
    },
    subscribe: local.subscribe,
    async check() {
      if (!(await arrives())) throw new AppError("unavailable", "notifications do not arrive");
      return "LISTEN/NOTIFY";
    },
    async close() {
      clearTimeout(timer);
      // Others wait for what was told last: that an answer has ended, or is theirs now.
      await Promise.race([send(), wait(closingMsMax, null, { ref: false })]);
      await client.end({ timeout: 2 });
    },
  };

  /** Sends a wake-up over the database and waits for it to come back. */
  async function arrives(): Promise<boolean> {
    const woken = Promise.withResolvers<boolean>();
    const unsubscribe = local.subscribe(probe, () => woken.resolve(true));
    const late = setTimeout(() => woken.resolve(false), detectionMs);
    publish(probe);
    const answer = await woken.promise;
    clearTimeout(late);
    unsubscribe();
    return answer;
  }

  try {
    await client.listen(channel, (payload) => {
      for (const topic of payload.split(" ")) local.publish(topic as Topic);
    });
    if (await arrives()) return bus;
    log.warn({}, "LISTEN/NOTIFY does not work over this connection: polling instead");
  } catch (error) {
    log.warn({ error }, "LISTEN failed: polling instead");
  }
  await bus.close();
  return null;
}

function payloadsOf(topics: readonly Topic[]): string[] {
  const payloads: string[] = [];
  for (const topic of topics) {
    const last = payloads.at(-1);
    if (last === undefined || last.length + topic.length + 1 > payloadBytesMax) payloads.push(topic);
    else payloads[payloads.length - 1] = `${last} ${topic}`;
  }
  return payloads;
}
