import { ask, planChats } from "@/bench/chat.ts";
import { type Spread, shownSpread, spread } from "@/bench/figures.ts";
import { signInGuests } from "@/bench/guests.ts";
import type { RawStream } from "@/bench/raw-stream.ts";
import { endOf } from "@/bench/round.ts";
import type { Report } from "@/bench/scenario.ts";
import type { Stage } from "@/bench/stage.ts";
import { table } from "@/bench/table.ts";

interface DurableFigures {
  chats: number;
  /** Until the response began: Parley begins it when the question is committed. */
  begunMs: Spread;
  /** Until another connection, opened at that moment, had read the question back. */
  readBackMs: Spread;
  missing: number;
}

const guestsMax = 50;
const script = { tokens: 20, intervalMs: 10 };

/** Is the question there when the response begins? Asked on a second connection at that very moment. */
export async function runDurable(stage: Stage): Promise<Report> {
  const { url } = await stage.startParley();
  const cookies = await signInGuests(url, guestsMax);
  await once(url, cookies, 20);
  const figures: DurableFigures[] = [];
  for (const count of stage.options.concurrency) figures.push(await once(url, cookies, count));
  const rows = figures.map(({ chats, begunMs, readBackMs, missing }) => [
    String(chats),
    shownSpread(begunMs),
    shownSpread(readBackMs),
    String(missing),
  ]);
  const head = ["chats at once", "response begun p50 / p99 ms", "question read back p50 / p99 ms", "missing"];
  return { title: "Time until a question is durable", text: table(head, rows), figures };
}

async function once(url: URL, cookies: readonly string[], count: number): Promise<DurableFigures> {
  const begunMs: number[] = [];
  const readBackMs: number[] = [];
  let missing = 0;
  const looks: Promise<void>[] = [];
  const streams = planChats(count, script, cookies).map((chat) => {
    let hasBegun = false;
    return ask(url, chat, (stream) => {
      if (hasBegun) return;
      hasBegun = true;
      begunMs.push(performance.now() - stream.sentAtMs);
      looks.push(look(stream, chat.id, chat.messageId, chat.cookie));
    });
  });
  await endOf(streams, 60_000);
  await Promise.all(looks);
  return {
    chats: count,
    begunMs: spread(begunMs),
    readBackMs: spread(readBackMs),
    missing: missing + count - looks.length,
  };

  async function look(stream: RawStream, chatId: string, messageId: string, cookie: string | null) {
    const response = await fetch(new URL(`/api/chats/${chatId}/messages`, url), {
      headers: cookie === null ? {} : { cookie },
    });
    const found = await response.text();
    readBackMs.push(performance.now() - stream.sentAtMs);
    if (!response.ok || !found.includes(messageId)) missing += 1;
  }
}
