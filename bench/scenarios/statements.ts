import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import { planChats } from "@/bench/chat.ts";
import { shown } from "@/bench/figures.ts";
import { signInGuests } from "@/bench/guests.ts";
import { runRound } from "@/bench/round.ts";
import type { Report } from "@/bench/scenario.ts";
import type { Stage } from "@/bench/stage.ts";
import { table } from "@/bench/table.ts";

const messages = 50;
const idleMs = 10_000;
// PostgreSQL counts a connection's transactions up to a second after they were made.
const countedMs = 2_000;

/**
 * Transactions a message. The path of a message has no explicit ones, so that each is a statement; what the
 * process does for itself meanwhile is measured on its own and taken off.
 */
export async function runStatements(stage: Stage): Promise<Report> {
  const databaseUrl = await stage.requireDatabase();
  const parley = await stage.startParley("parley", databaseUrl);
  const counter = postgres(databaseUrl, { max: 1 });
  try {
    const cookies = await signInGuests(parley.url, 1);
    await ask(1, { tokens: 1, intervalMs: 0 });
    const idleASecond = (1_000 * (await made(() => wait(idleMs)))) / (idleMs + countedMs);
    const figures: { name: string; transactions: number }[] = [];
    for (const [name, script] of [
      ["1 token", { tokens: 1, intervalMs: 0 }],
      ["200 tokens at once", { tokens: 200, intervalMs: 0 }],
      ["200 tokens, 10 ms apart, alone", { tokens: 200, intervalMs: 10 }],
    ] as const) {
      const count = script.intervalMs === 0 ? messages : 3;
      figures.push({ name, transactions: await aMessage(count, 1, script) });
    }
    const together = { tokens: 200, intervalMs: 10 };
    figures.push({
      name: "200 tokens, 10 ms apart, 50 chats at once",
      transactions: await aMessage(1, messages, together),
    });
    const rows = figures.map(({ name, transactions }) => [name, shown(transactions)]);
    return {
      title: "Statements a message",
      text: `${table(["answer", "statements"], rows)}\n\nThe grouped log is included; ${shown(idleASecond)} a second are made by an idle process.`,
      figures: { idleASecond, answers: figures },
    };

    async function aMessage(rounds: number, atOnce: number, script: { tokens: number; intervalMs: number }) {
      const startedAtMs = performance.now();
      const total = await made(async () => {
        for (let round = 0; round < rounds; round++) await ask(atOnce, script);
      });
      const background = (idleASecond * (performance.now() - startedAtMs)) / 1_000;
      return (total - background) / (rounds * atOnce);
    }

    function ask(atOnce: number, script: { tokens: number; intervalMs: number }) {
      return runRound(parley, stage.upstream, planChats(atOnce, script, cookies), script);
    }
  } finally {
    await counter.end();
  }

  async function made(work: () => Promise<unknown>): Promise<number> {
    const before = await transactions();
    await work();
    await wait(countedMs);
    return (await transactions()) - before;
  }

  async function transactions(): Promise<number> {
    const [row] = await counter`
      select xact_commit::int as count from pg_stat_database where datname = current_database()`;
    return row?.count ?? 0;
  }
}
