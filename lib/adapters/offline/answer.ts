import type { PromptMessage } from "@/lib/models/provider";
import { noAnswer } from "./no-answer";
import { rules } from "./rules";

/** What is known of a question when a rule answers it. */
export interface Question {
  match: RegExpMatchArray;
  /** What the person wrote before in this chat, oldest first. */
  earlier: readonly string[];
}

export interface Rule {
  pattern: RegExp;
  answer: string | ((question: Question) => string);
}

/** The first rule that fits the newest message answers it. */
export function answerTo(messages: readonly PromptMessage[]): string {
  const asked = messages.filter(({ role }) => role === "user").map(({ text }) => text.trim());
  const newest = asked.at(-1) ?? "help";
  for (const { pattern, answer } of rules) {
    const match = newest.match(pattern);
    if (match) return typeof answer === "string" ? answer : answer({ match, earlier: asked.slice(0, -1) });
  }
  return noAnswer;
}
