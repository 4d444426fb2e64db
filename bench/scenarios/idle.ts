import { setTimeout as wait } from "node:timers/promises";
import { ask, type Chat, planChats } from "@/bench/chat.ts";
import { shown } from "@/bench/figures.ts";
import { signInGuests } from "@/bench/guests.ts";
import { processTree } from "@/bench/process-tree.ts";
import { openRawStream, type RawStream } from "@/bench/raw-stream.ts";
import type { Report } from "@/bench/scenario.ts";
import type { Stage } from "@/bench/stage.ts";
import { readResponse } from "@/bench/streamed-response.ts";
import { table } from "@/bench/table.ts";

/** A generation takes twenty readers, the one that asked among them. */
const readersOfChat = 20;
const guests = 50;
const readerCounts = [200, 1_000];
// V8 gives memory back some seconds after the work that needed it.
const settleMs = 20_000;

/** Readers of answers that hardly move: what one of them costs by being there. */
export async function runIdle(stage: Stage): Promise<Report> {
  const parley = await stage.startParley();
  const tree = processTree(parley.pid);
  const cookies = await signInGuests(parley.url, guests);
  const script = { tokens: 100, intervalMs: 5_000 };
  const chats = planChats(guests, script, cookies);
  const questions = chats.map((chat) => ask(parley.url, chat));
  // What the first readers bring about, code and buffers, is no reader's own.
  const first = await gather([], Math.min(...readerCounts));
  for (const reader of first) reader.hangUp();
  await wait(settleMs);

  const before = measuredNow();
  const readers: RawStream[] = [];
  const figures: { readers: number; refused: number; kilobytesEach: number; cpuMsASecond: number }[] = [];
  for (const count of readerCounts) {
    await gather(readers, count);
    await wait(settleMs / 2);
    const cpuBeforeMs = tree.cpuMs();
    await wait(settleMs / 2);
    const cpuMsASecond = (tree.cpuMs() - cpuBeforeMs) / (settleMs / 2_000);
    const refused = readers.filter((reader) => readResponse(reader).status !== 200).length;
    const kilobytesEach = (1_024 * (measuredNow() - before)) / count;
    figures.push({ readers: count, refused, kilobytesEach, cpuMsASecond });
  }
  for (const stream of [...readers, ...questions]) stream.hangUp();
  const rows = figures.map((each) => [
    String(each.readers),
    shown(each.kilobytesEach),
    shown(each.cpuMsASecond),
    String(each.refused),
  ]);
  return {
    title: `Idle readers of ${guests} slow answers`,
    text: `${shown(before)} MB before them.\n\n${table(["readers", "kB each", "CPU ms a second", "refused"], rows)}`,
    figures: { memoryBeforeMegabytes: before, readers: figures },
  };

  async function gather(readers: RawStream[], count: number): Promise<RawStream[]> {
    while (readers.length < count) {
      const wave = Math.min(50, count - readers.length);
      for (let number = 0; number < wave; number++) {
        readers.push(follow(parley.url, chatFor(readers.length, chats)));
      }
      await wait(100);
    }
    return readers;
  }

  function measuredNow(): number {
    tree.refresh();
    return tree.memoryMegabytes();
  }
}

function chatFor(index: number, chats: readonly Chat[]): Chat {
  const chat = chats[Math.floor(index / (readersOfChat - 1)) % chats.length];
  if (!chat) throw new RangeError("no chat to read");
  return chat;
}

function follow(url: URL, { id, cookie }: Chat): RawStream {
  return openRawStream({ url: new URL(`/api/chat/${id}/stream`, url), method: "GET", cookie });
}
