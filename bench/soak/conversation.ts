import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { exchange } from "./exchange.ts";
import { planQuestion, type Question } from "./question.ts";
import type { Random } from "./random.ts";
import { type Post, type Reading, readAnswer } from "./reader.ts";

export interface Guest {
  cookie: string;
  /** Whether answers of a dead server are finished by another one. */
  finishesAnswers: boolean;
}

/** One writing of an answer: the first, or one that goes on with what was stopped. */
export interface Asking {
  kind: "send" | "continue";
  /** Whether somebody has asked for it to stop. */
  isStopped: boolean;
  /** Readings that were to last until the end. The first one has asked. */
  faithful: Reading[];
  /** Readings that went away. */
  passing: Reading[];
  /** What went wrong beside them. */
  complaints: string[];
}

export interface Asked {
  question: Question;
  askings: Asking[];
}

export interface Conversation {
  name: string;
  chatId: string;
  guest: Guest;
  asked: Asked[];
}

export interface Talk {
  name: string;
  guest: Guest;
  origins: readonly string[];
  random: Random;
  questionsMin: number;
  /** No question is asked after that. */
  isOver: () => boolean;
}

/** One chat from its first question to its last, each asked when the answer before it has ended. */
export async function converse(talk: Talk): Promise<Conversation> {
  const { name, guest, random, questionsMin, isOver } = talk;
  const conversation: Conversation = { name, chatId: randomUUID(), guest, asked: [] };
  for (let number = 1; number <= questionsMin || !isOver(); number++) {
    const question = planQuestion(`${name}-${number}`, random.fork(`question ${number}`));
    await wait(question.thinkMs);
    const asked: Asked = { question, askings: [] };
    conversation.asked.push(asked);
    const sent = await ask(talk, conversation.chatId, question, {
      kind: "send",
      post: sendOf(conversation.chatId, question),
      stopAfterMs: question.stopAfterMs,
    });
    asked.askings.push(sent);
    const [first] = sent.faithful;
    const isCut = first?.copy.ending?.type === "abort" && question.trouble === "none";
    if (!isCut || !question.isContinued) continue;
    const post = {
      path: `/api/chat/${conversation.chatId}/continue`,
      body: { messageId: first.copy.messageId },
      key: randomUUID(),
    };
    asked.askings.push(
      await ask(talk, conversation.chatId, question, { kind: "continue", post, stopAfterMs: null }),
    );
  }
  return conversation;
}

async function ask(
  { guest, origins, random }: Talk,
  chatId: string,
  question: Question,
  { kind, post, stopAfterMs }: { kind: Asking["kind"]; post: Post; stopAfterMs: number | null },
): Promise<Asking> {
  const asking: Asking = { kind, isStopped: false, faithful: [], passing: [], complaints: [] };
  const { cookie } = guest;
  const begun = Promise.withResolvers<string>();
  const common = { origins, cookie, chatId };
  const chance = random.fork(`${question.name} ${kind}`);
  const [firstOrigin, secondOrigin] = twoOf(origins, chance);

  const asker = readAnswer({
    ...common,
    random: chance.fork("asker"),
    begin: { post, firstOrigin },
    isLostAtFirst: question.isLostAtFirst,
    cuts: question.cuts,
    onGeneration: begun.resolve,
  });
  const double = question.isDoubled
    ? readAnswer({ ...common, random: chance.fork("double"), begin: { post, firstOrigin: secondOrigin } })
    : null;

  const besides = begun.promise.then((generationId) =>
    Promise.all([
      ...Array.from({ length: question.watchers }, (_, number) =>
        watch(common, asking, generationId, chance.fork(`watcher ${number}`)),
      ),
      stopAfterMs === null ? null : stop(common, asking, generationId, stopAfterMs, chance.fork("stop")),
    ]),
  );
  const read = await asker;
  // One that gave up before it began has nobody beside it.
  if (read.generationId === null) begun.resolve("");
  asking.faithful.unshift(read);
  if (double) asking.faithful.push(await double);
  await besides;
  return asking;
}

type Common = { origins: readonly string[]; cookie: string; chatId: string };

/** Somebody who reads along at another server: to the end, or for a while, and perhaps comes back. */
async function watch(common: Common, asking: Asking, generationId: string, random: Random): Promise<void> {
  if (generationId === "") return;
  await wait(random.between(0, 2_000));
  if (random.chance(0.5)) {
    const cuts = random.between(0, 2);
    asking.faithful.push(await readAnswer({ ...common, random, begin: { generationId }, cuts }));
    return;
  }
  for (let visits = random.between(1, 3); visits > 0; visits--) {
    const leaving = AbortSignal.timeout(random.between(20, 1_500));
    const reading = await readAnswer({ ...common, random, begin: { generationId }, leaving });
    asking.passing.push(reading);
    if (reading.outcome === "ended") return;
    await wait(random.between(0, 500));
  }
}

const stopMsMax = 60_000;

async function stop(
  { origins, cookie, chatId }: Common,
  asking: Asking,
  generationId: string,
  afterMs: number,
  random: Random,
): Promise<void> {
  if (generationId === "") return;
  await wait(afterMs);
  asking.isStopped = true;
  const givenUpAt = performance.now() + stopMsMax;
  while (performance.now() < givenUpAt) {
    const answer = await exchange({
      origin: random.pick(origins),
      method: "POST",
      path: `/api/chat/${chatId}/stop`,
      cookie,
      body: { generationId },
    });
    if (answer.status === 200) {
      if (!isEnded(answer.text)) asking.complaints.push(`stop answered before the end: ${answer.text}`);
      return;
    }
    if (answer.status !== null && answer.status !== 503)
      asking.complaints.push(`stop: ${answer.status} ${answer.text.slice(0, 300)}`);
    await wait(random.between(100, 800));
  }
  asking.complaints.push(`stop did not come about within ${stopMsMax / 1_000} s`);
}

function isEnded(text: string): boolean {
  return /"status":"(completed|stopped|failed|interrupted)"/.test(text);
}

function sendOf(chatId: string, { messageId, prompt }: Question): Post {
  const message = { id: messageId, role: "user", parts: [{ type: "text", text: prompt }] };
  return { path: "/api/chat", body: { id: chatId, message }, key: randomUUID() };
}

/** Two different ones, where there are two. */
function twoOf(origins: readonly string[], random: Random): [string, string] {
  const first = random.pick(origins);
  const others = origins.filter((origin) => origin !== first);
  return [first, others.length > 0 ? random.pick(others) : first];
}
