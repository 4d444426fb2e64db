import { setTimeout as wait } from "node:timers/promises";
import { type Copy, createCopy, type Manner } from "./copy.ts";
import { type Exchanged, exchange } from "./exchange.ts";
import type { Random } from "./random.ts";

/** What begins an answer. Sent again under the same key until headers have come, and never after. */
export interface Post {
  path: string;
  body: unknown;
  key: string;
}

export interface ReaderOptions {
  /** Of all servers; some may be down just now. */
  origins: readonly string[];
  cookie: string;
  chatId: string;
  random: Random;
  /** Begins with a POST, or joins an answer that somebody else has begun. */
  begin: { post: Post; firstOrigin?: string } | { generationId: string };
  /** The first sending breaks off before its headers came. */
  isLostAtFirst?: boolean;
  /** How many connections break in mid-frame. */
  cuts?: number;
  /** The reader goes away, and does not come back. */
  leaving?: AbortSignal;
  onGeneration?: (generationId: string) => void;
}

/** What one reader saw. */
export interface Reading {
  copy: Copy;
  generationId: string | null;
  /** What a client has to put up with from no server. */
  complaints: string[];
  connections: number;
  /** It saw the end, left, or gave up. */
  outcome: "ended" | "left" | "gave up";
}

// A dead writer's answer is taken over within 20 s, and twice at most.
const readingMsMax = 120_000;

/** A faithful client: goes on from its cursor at any server until it has seen the end. */
export async function readAnswer(options: ReaderOptions): Promise<Reading> {
  const { origins, cookie, chatId, random, begin, leaving } = options;
  const reading: Reading = {
    copy: createCopy(),
    generationId: null,
    complaints: [],
    connections: 0,
    outcome: "gave up",
  };
  const { copy, complaints } = reading;
  const firstOrigin = "post" in begin ? begin.firstOrigin : undefined;
  let cuts = options.cuts ?? 0;
  let isToBeLost = options.isLostAtFirst ?? false;
  if ("generationId" in begin) adopt(begin.generationId);

  const givenUpAt = performance.now() + readingMsMax;
  while (performance.now() < givenUpAt) {
    if (leaving?.aborted) {
      reading.outcome = "left";
      return reading;
    }
    const isFirst = reading.connections++ === 0;
    const origin = (isFirst && firstOrigin) || random.pick(origins);
    const pauseMs = await (reading.generationId === null ? post(origin) : follow(origin));
    if (copy.ending) {
      reading.outcome = "ended";
      return reading;
    }
    await wait(pauseMs ?? random.between(50, 800), undefined, { signal: leaving }).catch(ignore);
  }
  complaints.push(`no end within ${readingMsMax / 1_000} s, at ${copy.cursor}`);
  return reading;

  function adopt(generationId: string) {
    if (reading.generationId === generationId) return;
    if (reading.generationId !== null)
      complaints.push(`generation ${generationId} and not ${reading.generationId}`);
    reading.generationId = generationId;
    options.onGeneration?.(generationId);
  }

  async function post(origin: string): Promise<number | null> {
    if (!("post" in begin)) return null;
    const lost = isToBeLost ? { afterMs: random.between(0, 30) } : null;
    isToBeLost = false;
    copy.open("whole");
    const { path, body, key } = begin.post;
    const answer = await exchange({
      origin,
      method: "POST",
      path,
      cookie,
      body,
      headers: { "Idempotency-Key": key },
      cut: lost ?? nextCut(),
      ...watching(),
    });
    return afterRefusal(`POST ${path}`, answer);
  }

  async function follow(origin: string): Promise<number | null> {
    const manner: Manner = copy.cursor === null ? "whole" : "rest";
    const isPolled = random.chance(0.1);
    const query = new URLSearchParams({ generation: reading.generationId ?? "" });
    if (copy.cursor && (isPolled || random.chance(0.5))) query.set("after", copy.cursor);
    else if (copy.cursor) return followFrom({ "Last-Event-ID": copy.cursor });
    if (!isPolled) return followFrom({});
    query.set("wait", "5");
    return poll();

    async function followFrom(headers: Record<string, string>): Promise<number | null> {
      copy.open(manner);
      const path = `/api/chat/${chatId}/stream?${query}`;
      const cut = nextCut();
      const answer = await exchange({ origin, method: "GET", path, cookie, headers, cut, ...watching() });
      return afterRefusal("GET stream", answer);
    }

    async function poll(): Promise<number | null> {
      copy.open(manner);
      const headers = { Accept: "application/json" };
      const path = `/api/chat/${chatId}/stream?${query}`;
      const answer = await exchange({ origin, method: "GET", path, cookie, headers, signal: leaving });
      if (answer.status !== 200) return afterRefusal("long poll", answer);
      const chunks = chunksIn(answer.text);
      if (!chunks) return null;
      for (const { id, chunk } of chunks) copy.take(id, chunk);
      return 0;
    }
  }

  function watching() {
    return {
      signal: leaving,
      onHeaders(status: number, headers: Exchanged["headers"]) {
        const id = headers["x-generation-id"];
        if (status === 200 && typeof id === "string") adopt(id);
      },
      onFrame({ id, data }: { id: string | null; data: string }) {
        if (data !== "[DONE]") copy.take(id, JSON.parse(data));
        else if (!copy.ending) complaints.push("[DONE] before the end");
      },
    };
  }

  function nextCut(): { afterBytes: number } | null {
    if (cuts === 0) return null;
    cuts -= 1;
    return { afterBytes: random.between(0, 12_000) };
  }

  /** The pause that a refusal asks for. Everything else than "come back later" is a fault of the server's. */
  function afterRefusal(what: string, { status, headers, text }: Exchanged): number | null {
    if (status === null || status === 200) return null;
    if (status === 503) return Math.min(Number(headers["retry-after"] ?? 1) * 1_000, 2_000);
    complaints.push(`${what}: ${status} ${text.slice(0, 300)}`);
    return 1_000;
  }
}

/** `null` for an answer that broke off. */
function chunksIn(text: string): { id: string; chunk: unknown }[] | null {
  try {
    return JSON.parse(text).chunks;
  } catch {
    return null;
  }
}

function ignore() {}
