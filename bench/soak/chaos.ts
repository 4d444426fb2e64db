import { setTimeout as wait } from "node:timers/promises";
import type { AppServer } from "@/e2e/app-server";
import type { RedisServer } from "@/lib/adapters/redis/testing/redis-server";
import { pidOf } from "./memory.ts";
import type { Random } from "./random.ts";

export interface Chaos {
  servers: readonly AppServer[];
  redis: RedisServer | null;
  random: Random;
  isOver: () => boolean;
  tell: (what: string) => void;
}

const deeds = ["kill", "end", "freeze", "redis"] as const;
type Deed = (typeof deeds)[number];

/**
 * Ends servers, freezes them and loses Redis, one thing every few seconds, until it is over and all is up
 * again. The first of several servers is never ended, so that its memory can be compared.
 *
 * @returns what was done, and how often
 */
export async function makeChaos({
  servers,
  redis,
  random,
  isOver,
  tell,
}: Chaos): Promise<Record<Deed, number>> {
  const done: Record<Deed, number> = { kill: 0, end: 0, freeze: 0, redis: 0 };
  const mortal = servers.length > 1 ? servers.slice(1) : servers;
  const away = new Set<unknown>();
  const running = new Set<Promise<void>>();

  async function suffer(what: unknown, suffering: Promise<void>) {
    away.add(what);
    const settled = suffering.finally(() => away.delete(what));
    running.add(settled);
    await settled;
    running.delete(settled);
  }

  function commit(deed: Deed): boolean {
    const victims = (deed === "freeze" ? servers : mortal).filter((server) => !away.has(server));
    // Somebody has to be there for the clients, or they would only test their own patience.
    const isLast = servers.length > 1 && servers.filter((server) => !away.has(server)).length < 2;
    switch (deed) {
      case "kill":
      case "end": {
        if (victims.length === 0 || isLast) return false;
        const victim = random.pick(victims);
        tell(`${deed} ${victim.url}`);
        void suffer(victim, restart(victim, deed, random.between(0, 3_000)));
        return true;
      }
      case "freeze": {
        if (victims.length === 0 || isLast || servers.length === 1) return false;
        const victim = random.pick(victims);
        const ms = random.chance(0.5) ? random.between(500, 8_000) : random.between(16_000, 22_000);
        tell(`freeze ${victim.url} for ${ms} ms`);
        void suffer(victim, freeze(victim, ms));
        return true;
      }
      case "redis":
        if (!redis || away.has(redis)) return false;
        tell("redis is lost");
        void suffer(redis, lose(redis, random.between(100, 4_000)));
        return true;
      default:
        return deed satisfies never;
    }
  }

  let due: Deed[] = [];
  while (!isOver()) {
    await wait(random.between(1_000, 3_500));
    if (due.length === 0) due = shuffled([...deeds, "kill"], random);
    // What cannot be done just now is put off.
    const deed = due.find((each) => !isOver() && commit(each));
    if (!deed) continue;
    done[deed] += 1;
    due.splice(due.indexOf(deed), 1);
  }
  await Promise.all(running);
  return done;
}

async function restart(server: AppServer, deed: "kill" | "end", awayMs: number): Promise<void> {
  if (deed === "kill") await server.kill();
  else await server.stop();
  await wait(awayMs);
  await server.start();
}

/** Longer than a lease, it comes back as a writer whose answers are another's. */
async function freeze(server: AppServer, ms: number): Promise<void> {
  const pid = pidOf(server);
  if (pid === null) return;
  process.kill(pid, "SIGSTOP");
  await wait(ms);
  process.kill(pid, "SIGCONT");
}

async function lose(redis: RedisServer, awayMs: number): Promise<void> {
  await redis.kill();
  await wait(awayMs);
  await redis.start();
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
