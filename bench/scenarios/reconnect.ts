import { setTimeout as wait } from "node:timers/promises";
import { readAnswer } from "@/bench/answer-text.ts";
import { ask, type Chat, expectedText, planChat } from "@/bench/chat.ts";
import { percentile, shown } from "@/bench/figures.ts";
import { signInGuests } from "@/bench/guests.ts";
import { processTree } from "@/bench/process-tree.ts";
import { openRawStream, type RawStream } from "@/bench/raw-stream.ts";
import type { Report } from "@/bench/scenario.ts";
import type { Stage } from "@/bench/stage.ts";
import { readResponse } from "@/bench/streamed-response.ts";
import { table } from "@/bench/table.ts";

const tokens = 10_000;
const intervalMs = 2;
const repetitions = 10;
const quietMs = 300;

/** An answer of 10,000 tokens is still open when a reader comes back to it. */
export async function runReconnect(stage: Stage): Promise<Report> {
  const parley = await stage.startParley();
  const tree = processTree(parley.pid);
  const [cookie = null] = await signInGuests(parley.url, 1);
  // The answer says all that it has to say, and does not end.
  const chat = planChat({ tokens, intervalMs, more: `stall-after=${tokens} heartbeat=1000` }, cookie);
  const first = ask(parley.url, chat);
  await wait(tokens * intervalMs);
  const whole = expectedText(chat);
  await until(() => readAnswer(readResponse(first).frames).text.length >= whole.length);
  const last = readResponse(first).frames.at(-1)?.id ?? "";
  const chunks = Number(last.split(".")[1]);
  const middle = last.replace(/\d+$/, String(Math.floor(chunks / 2)));

  const rows: string[][] = [];
  const figures: Record<string, unknown>[] = [];
  for (const [name, query] of [
    ["without a cursor", ""],
    ["from the middle", `?after=${middle}`],
    ["up to date", `?after=${last}`],
  ] as const) {
    const cpuBeforeMs = tree.cpuMs();
    const found: Awaited<ReturnType<typeof reconnect>>[] = [];
    for (let round = 0; round < repetitions; round++) found.push(await reconnect(parley.url, chat, query));
    const cpuMs = (tree.cpuMs() - cpuBeforeMs) / repetitions;
    const one = found[0];
    const figure = {
      name,
      caughtUpMs: percentile(found.map(({ caughtUpMs }) => caughtUpMs).filter(Number.isFinite), 0.5),
      cpuMs,
      bytes: one?.bytes ?? 0,
      frames: one?.frames ?? 0,
      isRight: found.every(({ text }) => whole.endsWith(text) && (query !== "" || text === whole)),
    };
    figures.push({ chunks, ...figure });
    rows.push([
      name,
      shown(figure.caughtUpMs),
      shown(cpuMs),
      String(figure.frames),
      shown(figure.bytes / 1_000),
      figure.isRight ? "yes" : "no",
    ]);
  }
  first.hangUp();
  await fetch(new URL(`/api/chat/${chat.id}/stop`, parley.url), {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(cookie !== null && { cookie }) },
    body: "{}",
  });
  const head = ["reader", "caught up ms", "CPU ms", "events", "kB", "text right"];
  return {
    title: `A reader comes back to an open answer of ${chunks.toLocaleString("en")} chunks`,
    text: table(head, rows),
    figures,
  };
}

async function reconnect(url: URL, chat: Chat, query: string) {
  const stream = openRawStream({
    url: new URL(`/api/chat/${chat.id}/stream${query}`, url),
    method: "GET",
    cookie: chat.cookie,
  });
  await untilQuiet(stream);
  stream.hangUp();
  await stream.closed;
  const { frames, wireBytes } = readResponse(stream);
  return {
    caughtUpMs: (frames.at(-1)?.atMs ?? Number.NaN) - stream.sentAtMs,
    bytes: wireBytes,
    frames: frames.length,
    text: readAnswer(frames).text,
  };
}

/** Nothing more has come for a while. */
async function untilQuiet(stream: RawStream): Promise<void> {
  let before = -1;
  while (stream.bytes().length !== before) {
    before = stream.bytes().length;
    await wait(quietMs);
  }
}

async function until(holds: () => boolean): Promise<void> {
  const givenUpAtMs = performance.now() + 60_000;
  while (!holds()) {
    if (performance.now() > givenUpAtMs) throw new Error("the long answer did not come to its end");
    await wait(200);
  }
}
