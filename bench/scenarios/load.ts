import { planChats, type Script } from "@/bench/chat.ts";
import { type Costs, measureCosts } from "@/bench/costs.ts";
import { type Spread, spread } from "@/bench/figures.ts";
import { signInGuests } from "@/bench/guests.ts";
import { type ProcessTree, processTree } from "@/bench/process-tree.ts";
import { type ChatOutcome, type Round, runRound } from "@/bench/round.ts";
import type { Report } from "@/bench/scenario.ts";
import type { Stage } from "@/bench/stage.ts";
import type { Target } from "@/bench/targets/target.ts";
import { loadTables } from "./load-tables.ts";

/** One target under one load. */
export interface LoadFigures {
  target: string;
  intervalMs: number;
  concurrency: number;
  chats: number;
  whole: number;
  /** How the others ended. */
  lost: Partial<Record<ChatOutcome["outcome"], number>>;
  firstEventMs: Spread;
  firstTokenMs: Spread;
  lastTokenLateMs: Spread;
  textLateMs: Spread;
  upstreamLateMs: Spread;
  /** Model calls beyond one for each question. */
  extraCalls: number;
  tokens: number;
  tokensPerSecond: number;
  costs: Costs | null;
  /** Of the PostgreSQL server. */
  databaseCpuMs: number | null;
  /** Of one core, while the round lasted: near 1 the figures are those of the driver or of the model server. */
  driverShare: number;
  upstreamShare: number;
}

interface Measured {
  target: Target;
  tree: ProcessTree | null;
  databaseTree: ProcessTree | null;
  cookies: readonly string[];
}

const guestsMax = 50;
const chatsMin = 10;
const roundsMsMax = 25_000;
// Until then the functions on the way are still being compiled.
const warmUp: Script = { tokens: 50, intervalMs: 5 };
const warmUpChats = 50;
const warmUpRounds = 6;

/** So many questions at once, at every target in turn, so that all of them have the same weather. */
export async function runLoad(stage: Stage): Promise<Report> {
  const { options, upstream } = stage;
  const guests = Math.min(guestsMax, Math.max(...options.concurrency));
  const measured: Measured[] = [];
  for (const name of options.targets) {
    const databaseTree = name === "parley" ? await stage.databaseTree() : null;
    measured.push(await prepare(stage, await stage.startTarget(name), databaseTree, guests));
  }
  for (const target of stage.given()) measured.push(await prepare(stage, target, null, guests));

  const upstreamTree = processTree(upstream.pid);
  const figures: LoadFigures[] = [];
  for (const intervalMs of options.intervalsMs) {
    for (const concurrency of options.concurrency) {
      for (const each of measured) {
        const script = { tokens: options.tokens, intervalMs };
        const found = await measure(stage, each, upstreamTree, script, concurrency);
        figures.push(found);
        console.error(
          `${found.target}: ${concurrency} chats at ${intervalMs} ms, ${found.whole} of ${found.chats} whole`,
        );
      }
    }
  }
  return { title: `${options.tokens} tokens a chat`, text: loadTables(figures), figures };
}

async function prepare(
  { upstream }: Stage,
  target: Target,
  databaseTree: ProcessTree | null,
  guests: number,
): Promise<Measured> {
  const cookies = await signInGuests(target.url, guests);
  for (let round = 0; round < warmUpRounds; round++)
    await runRound(target, upstream, planChats(warmUpChats, warmUp, cookies), warmUp);
  return { target, tree: target.pid === null ? null : processTree(target.pid), databaseTree, cookies };
}

async function measure(
  { upstream }: Stage,
  { target, tree, databaseTree, cookies }: Measured,
  upstreamTree: ProcessTree,
  script: Script,
  concurrency: number,
): Promise<LoadFigures> {
  const costs = measureCosts(tree);
  const databaseCosts = measureCosts(databaseTree);
  const upstreamCosts = measureCosts(upstreamTree);
  const startedAtMs = performance.now();
  const rounds: Round[] = [];
  for (let left = roundsFor(concurrency, script); left > 0; left--)
    rounds.push(await runRound(target, upstream, planChats(concurrency, script, cookies), script));
  const elapsedMs = performance.now() - startedAtMs;
  return {
    target: target.name,
    intervalMs: script.intervalMs,
    concurrency,
    ...summary(rounds),
    costs: costs.end(),
    databaseCpuMs: databaseCosts.end()?.cpuMs ?? null,
    upstreamShare: (upstreamCosts.end()?.cpuMs ?? 0) / elapsedMs,
  };
}

function summary(rounds: readonly Round[]) {
  const outcomes = rounds.flatMap((round) => round.outcomes);
  const lost = Map.groupBy(
    outcomes.filter(({ outcome }) => outcome !== "whole"),
    ({ outcome }) => outcome,
  );
  const sum = (of: (round: Round) => number) => rounds.reduce((total, round) => total + of(round), 0);
  return {
    chats: outcomes.length,
    whole: outcomes.filter(({ outcome }) => outcome === "whole").length,
    lost: Object.fromEntries([...lost].map(([outcome, { length }]) => [outcome, length])),
    firstEventMs: spreadOf(outcomes, ({ firstEventMs }) => firstEventMs),
    firstTokenMs: spreadOf(outcomes, ({ firstTokenMs }) => firstTokenMs),
    lastTokenLateMs: spreadOf(outcomes, ({ lastTokenLateMs }) => lastTokenLateMs),
    upstreamLateMs: spreadOf(outcomes, ({ upstreamLateMs }) => upstreamLateMs),
    textLateMs: spread(outcomes.flatMap(({ tokensLateMs }) => tokensLateMs)),
    extraCalls: outcomes.reduce((total, { upstreamCalls }) => total + Math.max(0, upstreamCalls - 1), 0),
    tokens: sum(({ tokens }) => tokens),
    tokensPerSecond: (1_000 * sum(({ tokens }) => tokens)) / sum(({ streamingMs }) => streamingMs),
    driverShare: Math.max(...rounds.map(({ driverShare }) => driverShare)),
  };
}

/** Over the chats that came so far. */
function spreadOf(outcomes: readonly ChatOutcome[], of: (outcome: ChatOutcome) => number): Spread {
  return spread(outcomes.map(of).filter(Number.isFinite));
}

function roundsFor(concurrency: number, { tokens, intervalMs }: Script): number {
  const wanted = Math.ceil(chatsMin / concurrency);
  return Math.max(1, Math.min(wanted, Math.floor(roundsMsMax / (tokens * intervalMs))));
}
