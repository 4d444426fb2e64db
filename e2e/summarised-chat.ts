import { expect } from "@playwright/test";
import { changeSettings } from "@/lib/api/settings";
import { getSummary } from "@/lib/api/summaries";
import { createId } from "@/lib/chats/id";
import { ask, messagesOf } from "./ask";
import type { Person } from "./person";
import { readStream } from "./read-stream";

interface Summarised {
  /** What the beginning is summed up to, and what each question is answered with. */
  summary: string;
  questions?: readonly string[];
  /** Said with each question, often enough to take room. */
  filler?: string;
  model?: string;
}

/** A chat that is too long for its model; all that is left out of it has been summed up. Gives its id. */
export async function createSummarisedChat(
  person: Person,
  {
    summary,
    questions = usualQuestions,
    filler = "Words that take room.",
    model = "scripted/eight-thousand",
  }: Summarised,
): Promise<string> {
  await person.call(changeSettings, { body: { context: { summarises: true } } });
  const chatId = createId();
  for (const question of questions) {
    const text = `${question} ${`${filler} `.repeat(2_200 / filler.length)}[[say=${JSON.stringify(summary)}]]`;
    await readStream((await ask(person, text, { chatId, model })).response);
  }
  const leftOut = (await messagesOf(person, chatId)).at(-1)?.metadata.leftOut;
  const before = leftOut?.firstMessageId ?? "";
  await expect
    .poll(
      async () =>
        (await person.call(getSummary, { params: { chatId }, query: { before } })).summary?.messages,
    )
    .toBe(leftOut?.messages);
  return chatId;
}

const usualQuestions = Array.from({ length: 12 }, (_, turn) => `Question ${turn}.`);
