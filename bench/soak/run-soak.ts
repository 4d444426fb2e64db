import { setTimeout as wait } from "node:timers/promises";
import type { AppServer } from "@/e2e/app-server";
import { makeChaos } from "./chaos.ts";
import { type Conversation, converse, type Guest } from "./conversation.ts";
import { exchange } from "./exchange.ts";
import { type Finding, judgeChats, type Record } from "./findings.ts";
import { type Memory, measureMemory } from "./memory.ts";
import { createRandom, type Random } from "./random.ts";
import { findCalls, findConnections, findGrowth, findInLogs, findReaders } from "./remains.ts";
import { createStage, type Engine, type Stage } from "./stage.ts";
import { hasActiveGeneration, readMessages, type StoredGeneration } from "./stored.ts";

export interface SoakOptions {
  engine: Engine;
  /** Servers; the embedded database has one. */
  instances: number;
  /** Chats that go on while servers end. As many again by a fifth are held before and after it, in peace. */
  chats: number;
  seed: number;
  /** How long servers are ended for. */
  chaosMs: number;
  /** Told what happens. */
  tell: (what: string) => void;
}

export interface SoakReport {
  findings: Finding[];
  figures: { [name: string]: unknown };
}

const chatsOfGuest = 20;
const guestsMin = 4;
// A lease, a sweep, and the time that a busy machine takes for both.
const leaseMsMax = 40_000;

/** Runs chats against servers that are killed, and tells what did not hold. Throws only when it could not be run. */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const { engine, instances, seed, tell } = options;
  const stage = await createStage(engine, instances);
  try {
    return await soak(stage, options);
  } catch (error) {
    throw new Error(`the soak with seed ${seed} could not go on`, { cause: error });
  } finally {
    tell("cleaning up");
    await stage.dispose();
  }
}

async function soak(stage: Stage, { chats, seed, chaosMs, tell }: SoakOptions): Promise<SoakReport> {
  const { servers, model, redis } = stage;
  const random = createRandom(seed);
  const guests = await signInGuests(servers, Math.max(guestsMin, Math.ceil(chats / chatsOfGuest)));
  const samples: (Memory | null)[][] = [];
  const sample = async () => {
    samples.push(await Promise.all(servers.map(measureMemory)));
    tell(
      `in use: ${samples
        .at(-1)
        ?.map((memory) => memory?.inUseMegabytes.toFixed(1))
        .join(", ")} MB`,
    );
  };
  const chatting = { origins: servers.map(({ url }) => url), guests, random };
  const peaceful = Math.ceil(chats / 5);

  tell(`${peaceful} chats in peace`);
  const before = await holdChats({
    ...chatting,
    prefix: "a",
    count: peaceful,
    questionsMin: 1,
    isOver: () => true,
  });
  await sample();

  tell(`${chats} chats while servers end`);
  const endsAt = performance.now() + chaosMs;
  const isOver = () => performance.now() > endsAt;
  const chaotic = holdChats({ ...chatting, prefix: "b", count: chats, questionsMin: 2, isOver });
  const deeds = await makeChaos({ servers, redis, random: random.fork("chaos"), isOver, tell });
  tell("all servers are up again");
  const during = await chaotic;
  await sample();

  tell(`${peaceful} chats in peace`);
  const after = await holdChats({
    ...chatting,
    prefix: "c",
    count: peaceful,
    questionsMin: 1,
    isOver: () => true,
  });
  const conversations = [...before, ...during, ...after];

  tell("looking at what is left");
  const crowded = await Promise.all(servers.map(({ url }) => findReaders(url, random.pick(guests))));
  const messages = await inTurn(conversations, (each) => readMessages(random.pick(chatting.origins), each));
  const busy = await findBusy(chatting.origins, conversations);
  await sample();
  const connections = findConnections(servers);
  const calls = findCalls(model.requests());
  const generations = await untilNoLease(stage, tell);

  const counts = countCalls(stage);
  const records = conversations.map(
    (conversation, index): Record => ({
      conversation,
      messages: messages[index] ?? [],
      generations: generations.filter(({ chatId }) => chatId === conversation.chatId),
      modelCalls: counts,
    }),
  );
  const sessions = guests.map(
    ({ cookie }) => decodeURIComponent(cookie.split("=")[1] ?? "").split(".")[0] ?? cookie,
  );
  return {
    findings: [
      ...judgeChats(records),
      { guarantee: "no server tells of an active generation", problems: busy },
      {
        guarantee: "no lease is alive",
        problems: generations.filter(({ isLeased }) => isLeased).map(({ id }) => id),
      },
      { guarantee: "no reader is counted who is not there", problems: crowded.flat() },
      connections,
      calls,
      findGrowth(samples),
      ...findInLogs(servers, [...stage.secrets, ...sessions, "[[say="]),
    ],
    figures: { seed, deeds, samples, ...figuresOf(conversations, generations) },
  };
}

async function signInGuests(servers: readonly AppServer[], count: number): Promise<Guest[]> {
  const guests: Guest[] = [];
  for (let number = 0; number < count; number++) {
    const server = servers[number % servers.length];
    if (!server) break;
    const entered = await authorize(server.url, "", "sign-in/anonymous", {});
    const cookie = (entered["set-cookie"] ?? []).map((each) => each.split(";")[0]).join("; ");
    // One in ten wants to keep what there is of an answer when its server has died.
    const finishesAnswers = number % 10 !== guestsMin - 1;
    if (!finishesAnswers) await authorize(server.url, cookie, "update-user", { finishAnswers: false });
    guests.push({ cookie, finishesAnswers });
  }
  return guests;
}

async function authorize(origin: string, cookie: string, operation: string, body: object) {
  const path = `/api/auth/${operation}`;
  const { status, headers, text } = await exchange({ origin, method: "POST", path, cookie, body });
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  return headers;
}

function holdChats({
  origins,
  guests,
  random,
  prefix,
  count,
  questionsMin,
  isOver,
}: {
  origins: readonly string[];
  guests: readonly Guest[];
  random: Random;
  prefix: string;
  count: number;
  questionsMin: number;
  isOver: () => boolean;
}): Promise<Conversation[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => {
      const name = `${prefix}${index}`;
      const guest = guests[index % guests.length] ?? random.pick(guests);
      return converse({ name, guest, origins, random: random.fork(name), questionsMin, isOver });
    }),
  );
}

async function findBusy(
  origins: readonly string[],
  conversations: readonly Conversation[],
): Promise<string[]> {
  const problems = await Promise.all(
    origins.map(async (origin) => {
      const active = await inTurn(conversations, (each) => hasActiveGeneration(origin, each));
      return conversations.filter((_, index) => active[index]).map(({ name }) => `${origin}: chat ${name}`);
    }),
  );
  return problems.flat();
}

/** A lease runs out by itself when nobody holds on to it. */
async function untilNoLease(stage: Stage, tell: (what: string) => void): Promise<StoredGeneration[]> {
  const givenUpAt = performance.now() + leaseMsMax;
  for (;;) {
    const generations = await stage.generations();
    const leased = generations.filter(({ isLeased }) => isLeased).length;
    if (leased === 0 || performance.now() > givenUpAt) return generations;
    tell(`${leased} leases still run`);
    await wait(2_000);
  }
}

/** How often each question was put to the model, by its name. */
function countCalls({ model }: Stage): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { body, stream } of model.requests()) {
    const asked = JSON.stringify(body).matchAll(/Question (\S+) \[\[/g);
    const name = [...asked].at(-1)?.[1];
    if (stream && name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function figuresOf(conversations: readonly Conversation[], generations: readonly StoredGeneration[]) {
  const askings = conversations.flatMap(({ asked }) => asked.flatMap((each) => each.askings));
  const readings = askings.flatMap(({ faithful, passing }) => [...faithful, ...passing]);
  return {
    chats: conversations.length,
    answers: askings.length,
    readers: readings.length,
    connections: readings.reduce((sum, reading) => sum + reading.connections, 0),
    takenOver: generations.filter(({ epoch }) => epoch > 1).length,
    endings: Object.fromEntries(
      Array.from(
        Map.groupBy(generations, ({ status }) => status),
        ([status, { length }]) => [status, length],
      ),
    ),
  };
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
