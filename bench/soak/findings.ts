import { textHash } from "@/e2e/scripted-model/scripted-text.ts";
import type { Message } from "@/lib/chats/message";
import { isReasoningPart, textOf } from "@/lib/chats/part";
import { isActive } from "@/lib/streaming/generation";
import type { Asked, Asking, Conversation } from "./conversation.ts";
import type { Ending } from "./copy.ts";
import type { Reading } from "./reader.ts";
import type { StoredGeneration } from "./stored.ts";

/** Something that must hold, and every case in which it did not. */
export interface Finding {
  guarantee: string;
  problems: string[];
}

export interface Record {
  conversation: Conversation;
  messages: readonly Message[];
  generations: readonly StoredGeneration[];
  /** How often the model was asked for each answer, by the name of its question. */
  modelCalls: ReadonlyMap<string, number>;
}

/** What can be said of the chats, one guarantee at a time. */
export function judgeChats(records: readonly Record[]): Finding[] {
  return rules.map(([guarantee, judge]) => ({ guarantee, problems: records.flatMap(judge) }));
}

const rules: readonly [string, (record: Record) => string[]][] = [
  ["every reader sees every answer end, and is refused by no server", complaints],
  ["no cursor comes twice within an epoch, and none is left out", breaches],
  ["every reader's text, built from its cursors, is the text that is stored", readersHaveWhatIsStored],
  ["a whole answer is to the letter what the model said", wholeAnswersAreRight],
  ["any other answer is the beginning of it, and says how it ended and why", othersSayTheirEnd],
  ["a request is one message, one generation and one writing, however often it was sent", oncePerRequest],
  ["every question is there once, and the tree of a chat is one unbroken line", treeIsIntact],
  ["the model is asked once for each time that an answer was begun or taken over", modelIsAskedOnce],
  ["no generation is active any more", noneIsActive],
];

function complaints({ conversation }: Record): string[] {
  return eachAsking(conversation, ({ asking, name }) => [
    ...asking.complaints.map((complaint) => `${name}: ${complaint}`),
    ...readings(asking).flatMap((reading) => reading.complaints.map((each) => `${name}: ${each}`)),
  ]);
}

function breaches({ conversation, generations }: Record): string[] {
  return eachAsking(conversation, ({ asking, name }) =>
    readings(asking).flatMap(({ copy, generationId }) => {
      const epoch = generations.find(({ id }) => id === generationId)?.epoch;
      const isReplayed = copy.replayedEpochs.some((replayed) => replayed === epoch);
      const problems = isReplayed
        ? [...copy.breaches, `a replay for a cursor of epoch ${epoch}`]
        : copy.breaches;
      return problems.map((problem) => `${name}: ${problem}`);
    }),
  );
}

function readersHaveWhatIsStored({ conversation, messages }: Record): string[] {
  return eachAsking(conversation, ({ asked, asking, name }) => {
    const stored = answerOf(asked, messages);
    if (!stored) return [`${name}: nothing is stored`];
    const isLast = asking === asked.askings.at(-1);
    return asking.faithful.flatMap(({ copy }, index) => {
      const reader = `${name}, reader ${index}`;
      const wrong = isLast
        ? differences(copy.text, textOf(stored.parts))
        : beginning(copy.text, textOf(stored.parts));
      const wrongReasoning = copy.reasoning === reasoningOf(stored) ? [] : ["another reasoning than stored"];
      const wrongMessage = copy.messageId === stored.id ? [] : ["another message than stored"];
      return [...wrong, ...(isLast ? wrongReasoning : []), ...wrongMessage].map(
        (each) => `${reader}: ${each}`,
      );
    });
  });
}

function wholeAnswersAreRight({ conversation, messages }: Record): string[] {
  return eachAsked(conversation, (asked, name) => {
    const stored = answerOf(asked, messages);
    if (stored?.status !== "complete") return [];
    const { question } = asked;
    const isRight = textHash(textOf(stored.parts)) === textHash(question.text);
    const problems = isRight ? [] : differences(textOf(stored.parts), question.text);
    if (reasoningOf(stored) !== question.reasoning) problems.push("another reasoning than the model's");
    return problems.map((problem) => `${name}: ${problem}`);
  });
}

function othersSayTheirEnd(record: Record): string[] {
  const { conversation, messages } = record;
  return eachAsking(conversation, ({ asked, asking, name }) => {
    const stored = answerOf(asked, messages);
    const isLast = asking === asked.askings.at(-1);
    const problems = beginning(stored ? textOf(stored.parts) : "", asked.question.text);
    for (const reading of readings(asking)) {
      problems.push(...beginning(reading.copy.text, asked.question.text));
      const { ending } = reading.copy;
      if (!ending) continue;
      const excuse = whyNot(ending, { asked, asking, reading, record });
      if (excuse) problems.push(excuse);
      const status = statusOf(ending);
      if (isLast && stored && stored.status !== status)
        problems.push(`stored as ${stored.status}, told as ${status}`);
    }
    const needsError = stored?.status === "failed" || stored?.status === "interrupted";
    if (needsError && !stored.error) problems.push(`${stored.status} without an error`);
    return [...new Set(problems)].map((problem) => `${name}: ${problem}`);
  });
}

function whyNot(
  { type, errorType }: Ending,
  { asked, asking, reading, record }: { asked: Asked; asking: Asking; reading: Reading; record: Record },
): string | null {
  const { trouble } = asked.question;
  const epoch = record.generations.find(({ id }) => id === reading.generationId)?.epoch ?? 0;
  switch (type) {
    case "finish": {
      // What goes wrong after so many deltas may not go wrong with the rest of an answer.
      const isPossible = trouble === "none" || trouble === "busy" || (trouble !== "refused" && epoch > 1);
      return isPossible ? null : `finished in spite of ${trouble}`;
    }
    case "abort":
      return asking.isStopped ? null : "stopped by nobody";
    case "error": {
      if (errorType === "interrupted") {
        const { finishesAnswers } = record.conversation.guest;
        const isGivenUp = epoch > (finishesAnswers ? takeoversMax + 1 : 1);
        return isGivenUp ? null : `interrupted in epoch ${epoch}`;
      }
      return errorsOf[trouble].includes(errorType ?? "") ? null : `failed with ${errorType} after ${trouble}`;
    }
    default:
      return type satisfies never;
  }
}

const takeoversMax = 2;
const errorsOf: { [trouble in Asked["question"]["trouble"]]: string[] } = {
  none: [],
  silence: [],
  busy: [],
  error: ["provider_unavailable", "provider_error"],
  refused: ["provider_rate_limited"],
};

function oncePerRequest({ conversation, messages, generations }: Record): string[] {
  const problems = eachAsking(conversation, ({ asked, asking, name }) => {
    const told = new Set(readings(asking).map(({ generationId }) => generationId));
    const answers = messages.filter(({ parentId }) => parentId === asked.question.messageId);
    return [
      ...(told.size === 1 ? [] : [`${name}: ${told.size} generations were told`]),
      ...(answers.length === 1 ? [] : [`${name}: ${answers.length} answers are stored`]),
    ];
  });
  const asked = conversation.asked.flatMap(({ askings }) => askings).length;
  return generations.length === asked
    ? problems
    : [...problems, `${conversation.name}: ${generations.length} generations for ${asked} requests`];
}

function treeIsIntact({ conversation, messages }: Record): string[] {
  const line: string[] = [];
  let at: string | null = null;
  for (;;) {
    const children: Message[] = messages.filter(({ parentId }) => parentId === at);
    if (children.length > 1) return [`${conversation.name}: ${children.length} branches after ${at}`];
    const [child] = children;
    if (!child) break;
    line.push(`${child.role} ${child.role === "user" ? textOf(child.parts) : ""}`.trim());
    at = child.id;
  }
  const wanted = conversation.asked.flatMap(({ question }) => [`user ${question.prompt}`, "assistant"]);
  const isWhole = line.length === messages.length && line.join("\n") === wanted.join("\n");
  return isWhole
    ? []
    : [
        `${conversation.name}: ${line.length} of ${messages.length} messages in line, ${wanted.length} were sent`,
      ];
}

function modelIsAskedOnce({ conversation, generations, modelCalls }: Record): string[] {
  return eachAsked(conversation, ({ question, askings }, name) => {
    const ids = new Set(
      askings.flatMap((asking) => readings(asking).map(({ generationId }) => generationId)),
    );
    const writers = generations.filter(({ id }) => ids.has(id)).reduce((sum, { epoch }) => sum + epoch, 0);
    // A passing failure before the first token is forgiven once for each writer.
    const most = question.trouble === "none" || question.trouble === "silence" ? writers : 2 * writers;
    const calls = modelCalls.get(question.name) ?? 0;
    return calls <= most ? [] : [`${name}: ${calls} calls for ${writers} writers`];
  });
}

function noneIsActive({ conversation, generations, messages }: Record): string[] {
  return [
    ...generations
      .filter(({ status }) => isActive(status))
      .map(({ id, status }) => `generation ${id} is ${status}`),
    ...messages.filter(({ status }) => status === "streaming").map(({ id }) => `message ${id} is streaming`),
  ].map((problem) => `${conversation.name}: ${problem}`);
}

function eachAsked({ asked }: Conversation, judge: (asked: Asked, name: string) => string[]): string[] {
  return asked.flatMap((each) => judge(each, each.question.name));
}

function eachAsking(
  conversation: Conversation,
  judge: (each: { asked: Asked; asking: Asking; name: string }) => string[],
): string[] {
  return eachAsked(conversation, (asked, name) =>
    asked.askings.flatMap((asking) => judge({ asked, asking, name: `${name} (${asking.kind})` })),
  );
}

function readings({ faithful, passing }: Asking): Reading[] {
  return [...faithful, ...passing];
}

function answerOf({ question }: Asked, messages: readonly Message[]): Message | undefined {
  return messages.find(({ parentId }) => parentId === question.messageId);
}

function reasoningOf({ parts }: Message): string {
  return parts
    .filter(isReasoningPart)
    .map(({ text }) => text)
    .join("");
}

function statusOf({ type, errorType }: Ending): Message["status"] {
  if (type === "finish") return "complete";
  if (type === "abort") return "stopped";
  return errorType === "interrupted" ? "interrupted" : "failed";
}

function beginning(text: string, whole: string): string[] {
  return whole.startsWith(text) ? [] : differences(text, whole.slice(0, text.length));
}

/** Where two texts part, for people. */
function differences(text: string, wanted: string): string[] {
  if (text === wanted) return [];
  let at = 0;
  while (at < text.length && text[at] === wanted[at]) at += 1;
  const near = (some: string) => JSON.stringify(some.slice(Math.max(0, at - 15), at + 25));
  return [`at ${at} of ${wanted.length} (${text.length} long): ${near(text)} and not ${near(wanted)}`];
}
