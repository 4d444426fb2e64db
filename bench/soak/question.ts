import { randomUUID } from "node:crypto";
import { scriptedReasoning, scriptedText } from "@/e2e/scripted-model/scripted-text.ts";
import { scriptFor } from "@/e2e/scripted-model/turn.ts";
import type { Random } from "./random.ts";

export const model = "scripted/burst";

/** What goes wrong upstream, if anything: an error in mid-stream, silence, a 429 that passes, a 429 that stays. */
export type Trouble = "none" | "error" | "silence" | "busy" | "refused";

/** One question with what is to happen to it, and all that its answer may be. */
export interface Question {
  name: string;
  messageId: string;
  prompt: string;
  trouble: Trouble;
  /** What the model says when nothing goes wrong. */
  text: string;
  reasoning: string;
  /** Stopped so long after its answer has begun; `null` is not at all. */
  stopAfterMs: number | null;
  /** A stopped answer is gone on with. */
  isContinued: boolean;
  /** Sent to two servers at once. */
  isDoubled: boolean;
  /** The connection breaks before the headers came: the question is sent again under the same key. */
  isLostAtFirst: boolean;
  /** How many others read along, for a while or to the end. */
  watchers: number;
  /** How often the connections of its reader break in mid-frame, at most. */
  cuts: number;
  thinkMs: number;
}

/** `name` is like no other's: an answer that reached the wrong chat is seen by its text. */
export function planQuestion(name: string, random: Random): Question {
  const trouble = troubleOf(random.next());
  const intervalMs = random.between(15, 60);
  const wordCount = random.chance(0.1) ? random.between(1, 6) : random.between(15, 80);
  const reasoningTokens = random.chance(0.15) ? random.between(5, 40) : 0;
  const directives = [
    `say='${wordsOf(name, wordCount, random)}'`,
    `interval=${intervalMs}`,
    ...(random.chance(0.2) ? ["split"] : []),
    ...(reasoningTokens > 0 ? [`reasoning=${reasoningTokens}`] : []),
    ...directivesOf(trouble, wordCount + reasoningTokens, random),
  ];
  const prompt = `Question ${name} [[${directives.join(" ")}]]`;
  const script = scriptFor(model, prompt);
  const isStopped = trouble === "silence" || random.chance(0.15);
  return {
    name,
    messageId: randomUUID(),
    prompt,
    trouble,
    text: scriptedText(script),
    reasoning: scriptedReasoning(script),
    stopAfterMs: isStopped ? random.between(100, 3_000) : null,
    isContinued: random.chance(0.5),
    isDoubled: random.chance(0.15),
    isLostAtFirst: random.chance(0.08),
    watchers: random.chance(0.2) ? random.between(1, 3) : 0,
    cuts: random.chance(0.25) ? random.between(1, 3) : 0,
    thinkMs: random.between(0, 1_500),
  };
}

function troubleOf(draw: number): Trouble {
  if (draw < 0.05) return "error";
  if (draw < 0.09) return "silence";
  if (draw < 0.12) return "busy";
  if (draw < 0.14) return "refused";
  return "none";
}

function directivesOf(trouble: Trouble, deltas: number, random: Random): string[] {
  switch (trouble) {
    case "none":
      return [];
    case "error":
      return [`error-after=${random.between(0, deltas - 1)}`];
    case "silence":
      return [`stall-after=${random.between(0, deltas - 1)}`];
    case "busy":
      return ["error=429 retry-after=1 times=1"];
    case "refused":
      return ["error=429 retry-after=1"];
    default:
      return trouble satisfies never;
  }
}

const vocabulary = [
  "anchor",
  "bröd",
  "chaîne",
  "дом",
  "emu 🦤",
  "foam",
  "γη",
  "harbour",
  "塩",
  "jetty 👩‍🚀",
  "kelp",
];

/** Every word is numbered, so that no part of the text is like another one. */
function wordsOf(name: string, count: number, random: Random): string {
  return Array.from({ length: count }, (_, index) => `${random.pick(vocabulary)} ${name}.${index + 1}`).join(
    ", ",
  );
}
