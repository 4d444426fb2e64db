import { setTimeout as wait } from "node:timers/promises";
import { readAnswer } from "@/bench/answer-text.ts";
import { ask, type Chat, expectedText, planChats } from "@/bench/chat.ts";
import { shown, shownSpread, spread } from "@/bench/figures.ts";
import { signInGuests } from "@/bench/guests.ts";
import { openRawStream, type RawStream } from "@/bench/raw-stream.ts";
import { endOf } from "@/bench/round.ts";
import type { Report } from "@/bench/scenario.ts";
import type { Stage } from "@/bench/stage.ts";
import { readResponse } from "@/bench/streamed-response.ts";
import { table } from "@/bench/table.ts";

const chatCount = 20;
const script = { tokens: 600, intervalMs: 20 };
const killAfterMs = 4_000;
const waitMsMax = 60_000;

const outcomes = ["finished", "interrupted", "wrong-text", "no-end"] as const;

interface Resumed {
  outcome: (typeof outcomes)[number];
  /** Until text came that the old reader had not seen, or the end. */
  movedMs: number;
  /** What the old reader had seen and the new one was not given at first. */
  lostCharacters: number;
}

/** Two instances on one PostgreSQL: the one that writes is killed, and its readers go to the other one. */
export async function runTakeover(stage: Stage): Promise<Report> {
  const databaseUrl = await stage.requireDatabase();
  const writer = await stage.startParley("writer", databaseUrl);
  const heir = await stage.startParley("heir", databaseUrl);
  const cookies = await signInGuests(writer.url, chatCount);
  const readers = planChats(chatCount, script, cookies).map((chat) => ({ chat, old: ask(writer.url, chat) }));
  await wait(killAfterMs);
  const killedAtMs = performance.now();
  await writer.kill();
  await Promise.all(readers.map(({ old }) => old.closed));

  const resumed = await Promise.all(readers.map(({ chat, old }) => resume(heir.url, chat, old, killedAtMs)));
  const moved = spread(resumed.map(({ movedMs }) => movedMs).filter(Number.isFinite));
  const lost = Math.max(...resumed.map(({ lostCharacters }) => lostCharacters));
  const row = [
    String(chatCount),
    shownSpread(moved),
    shown(lost),
    ...outcomes.map((outcome) => String(resumed.filter((each) => each.outcome === outcome).length)),
  ];
  const head = ["answers", "moved on after p50 / p99 ms", "characters shown and lost, at most", ...outcomes];
  return { title: "Takeover after kill -9", text: table(head, [row]), figures: { moved, lost, resumed } };
}

async function resume(url: URL, chat: Chat, old: RawStream, killedAtMs: number): Promise<Resumed> {
  const shown = readResponse(old);
  const seen = readAnswer(shown.frames).text;
  const generation = shown.headers.get("x-generation-id") ?? "";
  const stream = openRawStream({
    url: new URL(`/api/chat/${chat.id}/stream?generation=${generation}`, url),
    method: "GET",
    cookie: chat.cookie,
  });
  await endOf([stream], waitMsMax);
  const { frames } = readResponse(stream);
  const { text, growth, isFinished, error } = readAnswer(frames);
  const hasEnded = isFinished || error !== null;
  const moved = growth.find(({ length }) => length > seen.length) ?? (hasEnded ? frames.at(-1) : undefined);
  return {
    outcome: outcomeOf(expectedText(chat), text, { hasEnded, isFinished }),
    movedMs: (moved?.atMs ?? Number.NaN) - killedAtMs,
    lostCharacters: Math.max(0, seen.length - text.length),
  };
}

function outcomeOf(
  whole: string,
  text: string,
  { hasEnded, isFinished }: { hasEnded: boolean; isFinished: boolean },
): Resumed["outcome"] {
  if (!whole.startsWith(text)) return "wrong-text";
  if (!hasEnded) return "no-end";
  return isFinished && text === whole ? "finished" : "interrupted";
}
